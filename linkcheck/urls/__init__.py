"""What a URL is, before any archive has a say in it."""
