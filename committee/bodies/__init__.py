"""The bodies that meet: the committee, the working groups, the districts (6.2.1 b)."""
