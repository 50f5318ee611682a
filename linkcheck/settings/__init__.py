"""Every setting with the reason for its default."""
