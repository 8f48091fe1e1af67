"""Who is due to report for a period, and who has."""
