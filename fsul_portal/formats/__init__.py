"""Say how each language writes a day and a time where Django writes them by itself, above all in the admin."""
