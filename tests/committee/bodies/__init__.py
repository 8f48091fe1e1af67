"""Hold the bodies that meet (6.2.1 b, 7.4)."""
