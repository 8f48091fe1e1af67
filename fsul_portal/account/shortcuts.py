"""Know the shortcuts of the keyboard, and which of them a person has switched off."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fsul_portal.account.models import Preference
from fsul_portal.grammar.words import Words
from fsul_portal.rooms import menu
from fsul_portal.users import User

# The key of a session under which stand the shortcuts that are switched off, so that no page has to ask for them.
OFF = "shortcuts_off"
# Pressed before the letter of a line of the menu.
GO = "g"


@dataclass(frozen=True)
class Shortcut:
    """The keys as a page carries them (`/`, `g d`), and what they do."""

    keys: str
    words: Words


EVERYWHERE = (
    Shortcut("/", _("Search the portal")),
    Shortcut("?", _("Keyboard shortcuts")),
    Shortcut("h", _("Help on this page")),
    Shortcut("[", _("Previous page of a list")),
    Shortcut("]", _("Next page of a list")),
)


def shortcuts_of(person: User) -> list[Shortcut]:
    """Return the shortcuts a person can use; those of the menu only where he may open the page."""
    lines = [Shortcut(f"{GO} {line.key}", line.title) for line in menu() if line.key and line.rule(person)]
    return [*EVERYWHERE, *lines]


def switched_off(person: User) -> list[str]:
    """Return the keys which a person has switched off."""
    return Preference.objects.filter(person=person).values_list("shortcuts_off", flat=True).first() or []
