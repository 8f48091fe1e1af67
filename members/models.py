"""Gather the models of the registry."""

from members.libraries.models import Division, Library, Spell
from members.people.models import User

__all__ = ["Division", "Library", "Spell", "User"]
