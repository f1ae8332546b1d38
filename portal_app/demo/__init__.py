"""The demo world: plausible people, organisations, candidates and codes."""
