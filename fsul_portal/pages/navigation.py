"""Draw the way through the house: a floor per room, an item per page that works and that the person may see."""

from typing import Any

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from fsul_portal.account.shortcuts import GO, OFF
from fsul_portal.manual.pages import about
from fsul_portal.notices.models import Notice
from fsul_portal.rooms import Entry, menu
from fsul_portal.users import Request


def context(request: Request) -> dict[str, Any]:
    """Give every page its menu, its page of the help and the number of unread notices."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "navigation": SimpleLazyObject(lambda: _floors(request)),
        "help_about": reverse("help-page", args=[about(_view_name(request))]),
        "shortcuts_off": request.session.get(OFF, []),
        "unread_notices": SimpleLazyObject(lambda: Notice.objects.visible_to(user).unread().count()),
    }


def _view_name(request: Request) -> str:
    # An address that leads nowhere has no match.
    return getattr(request.resolver_match, "view_name", "") or ""


def _floors(request: Request) -> list[dict[str, Any]]:
    """Return the floors of the menu with what this person may use; the same rule opens the page itself."""
    here = _view_name(request)
    floors: dict[str, dict[str, Any]] = {}
    for item in menu():
        if item.rule(request.user):
            floor = floors.setdefault(str(item.floor), {"title": item.floor, "items": []})
            floor["items"].append(_shown(item, here))
    return list(floors.values())


def _shown(item: Entry, here: str) -> dict[str, Any]:
    return {
        "title": item.title,
        "url": reverse(item.view),
        "icon": item.icon,
        "keys": f"{GO} {item.key}" if item.key else "",
        "current": here == item.view,
        "count": None,
    }
