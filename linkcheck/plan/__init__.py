"""Request economy: which question answers for many links, and when to ask one by one."""
