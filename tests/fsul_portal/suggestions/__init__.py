"""A small duty which only the tests know: suggestions are made, reviewed and closed."""
