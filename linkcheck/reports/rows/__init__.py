"""Rows of any noun to text: links, findings of the audit, findings of a scan."""
