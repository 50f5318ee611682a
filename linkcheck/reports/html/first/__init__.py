"""The first page, in words: one file for each of its parts."""

from linkcheck.reports.html.first.page import FirstPage, first_page

__all__ = ["FirstPage", "first_page"]
