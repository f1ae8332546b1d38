"""The app on which the gate is attacked."""
