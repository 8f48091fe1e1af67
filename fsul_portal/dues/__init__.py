"""Show all that is due in one calendar, as a page and as a feed."""
