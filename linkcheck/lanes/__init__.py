"""Carry out what was planned: ask, read, compare, hand on. One lane for each side."""
