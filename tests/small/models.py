"""Gather the smallest duty of each grammar."""

from tests.small.case import Problem
from tests.small.ledger import Agreement

__all__ = ["Agreement", "Problem"]
