"""What a person at a terminal sees of a scan: its progress, and the table at its end."""
