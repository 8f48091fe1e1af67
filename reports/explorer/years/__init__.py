"""The years of what the explorer shows by the month."""
