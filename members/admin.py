"""Gather the admin pages of the registry, of people and of returns."""

from members.indicators.admin import IndicatorAdmin
from members.libraries.admin import DivisionAdmin, LibraryAdmin, SpellAdmin
from members.people.admin import GrantAdmin, UserAdmin
from members.returns.admin import ReturnAdmin

__all__ = ["DivisionAdmin", "GrantAdmin", "IndicatorAdmin", "LibraryAdmin", "ReturnAdmin", "SpellAdmin", "UserAdmin"]
