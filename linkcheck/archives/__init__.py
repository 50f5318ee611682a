"""What we know of each archive, one pure file each."""
