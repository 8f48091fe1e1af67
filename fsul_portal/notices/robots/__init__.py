"""The robots of groups, which post what is the same for everybody."""
