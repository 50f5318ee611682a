"""Whether a page says what an article says."""
