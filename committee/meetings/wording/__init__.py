"""What is written about a meeting: its title, notices, papers and course."""
