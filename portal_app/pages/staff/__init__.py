"""Pages for the fund's own people."""
