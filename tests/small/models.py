"""Gather the smallest duty of each grammar."""

from tests.small.ledger import Agreement

__all__ = ["Agreement"]
