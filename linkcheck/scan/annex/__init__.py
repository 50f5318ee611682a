"""A lane in a process of its own: it asks, and hands over what it sees, through a hatch."""
