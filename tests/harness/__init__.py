"""What the tests stand on: real databases, a stopped clock, the cast and a real server."""
