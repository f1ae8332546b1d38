"""The gate in front of Reflex: who gets in, what they may ask, and how much."""
