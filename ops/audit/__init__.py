"""Look at every page of a running demo as its people see it, with the tools that others judge it by."""
