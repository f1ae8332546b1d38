"""What the portal does: one function per use case. All SQL lives here."""
