"""Findings that need no network."""
