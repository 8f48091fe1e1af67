"""What the years have brought for the indicators of a plan."""
