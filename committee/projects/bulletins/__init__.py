"""The quarterly bulletins of the key projects."""
