"""What is written about a filing: its letters, papers, effects and course."""
