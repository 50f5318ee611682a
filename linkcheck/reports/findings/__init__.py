"""What a scan found, as a report that stands by itself: one file per format."""
