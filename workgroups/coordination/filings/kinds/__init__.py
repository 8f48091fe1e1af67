"""The kinds of filing, each with what it asks, carries and brings about."""
