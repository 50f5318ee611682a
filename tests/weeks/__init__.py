"""Two years of a made-up collection, its archive and its web, week by week."""
