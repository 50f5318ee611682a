"""From paths on the disk to articles and links, over all the cores."""
