"""The event that a notice carries into the calendar of its recipient."""
