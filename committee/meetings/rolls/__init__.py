"""Who is told of a meeting, who is due at it, and who was there."""
