"""Gather the admin pages of the registry and of people."""

from members.libraries.admin import DivisionAdmin, LibraryAdmin, SpellAdmin
from members.people.admin import GrantAdmin, UserAdmin

__all__ = ["DivisionAdmin", "GrantAdmin", "LibraryAdmin", "SpellAdmin", "UserAdmin"]
