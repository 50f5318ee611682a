"""One numbered file for each step from an older store to this one: `0002_why.sql` leads to 2."""
