"""What the office sets for the duty of two meetings a year."""
