"""The inside of a text file, from its bytes to its cells."""
