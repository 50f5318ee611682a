"""What is known from run to run: SQLite, behind a few verbs."""
