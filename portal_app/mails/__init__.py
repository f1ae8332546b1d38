"""The letters of the portal: which there are, and how they are written out as e-mail."""
