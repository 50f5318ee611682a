"""Paths to articles, one file per input kind."""
