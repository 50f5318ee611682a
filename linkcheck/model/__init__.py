"""Every noun of linkcheck as frozen data."""
