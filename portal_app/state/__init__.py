"""What a browser may ask, and what it is told."""
