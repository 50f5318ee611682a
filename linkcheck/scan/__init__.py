"""The corridor: articles in, both lanes at once, one writer."""
