"""How what the explorer shows moved against the month and the year before."""
