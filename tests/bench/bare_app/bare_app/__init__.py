"""The peer without a gate."""
