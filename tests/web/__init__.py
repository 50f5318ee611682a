"""A small web of many names on loopback, each page with the verdict that it deserves."""
