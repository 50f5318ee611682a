"""Text to links."""
