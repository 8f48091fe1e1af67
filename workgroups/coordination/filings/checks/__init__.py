"""What speaks against a filing, and what it changes."""
