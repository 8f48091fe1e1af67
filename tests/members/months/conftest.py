"""Lend the tests of months what those of returns have."""

from tests.members.returns.conftest import accepted, as_person, clock, draft, english, many_hands, stored, submitted

__all__ = ["accepted", "as_person", "clock", "draft", "english", "many_hands", "stored", "submitted"]
