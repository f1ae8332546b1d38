"""Pages that explain: help, sign-in problems, privacy, accessibility."""
