"""From evidence to verdicts: tables of named rules, all pure."""
