"""Draw the way through the house: a floor per room, an item per page that works and that the person may see."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.rules import holds
from fsul_portal.notices.models import Notice
from fsul_portal.words import Words


@dataclass(frozen=True)
class Item:
    """A page in the menu; without a permission it is there for everybody who is logged in."""

    title: Words
    view: str
    icon: str
    permissions: tuple[str, ...] = ()


MENU = (
    (
        _("Overview"),
        (
            Item(_("Dashboard"), "dashboard", "home"),
            Item(_("Notices"), "notice-list", "bell"),
        ),
    ),
    (
        _("Members"),
        (
            Item(_("Member libraries"), "members:library-list", "library"),
            Item(_("Imports"), "members:import", "upload", ("members.import_libraries",)),
            Item(_("Roles"), "roles", "people"),
        ),
    ),
    (
        _("Committee"),
        (
            Item(
                _("Meetings"),
                "committee:meeting-list",
                "calendar",
                ("members.oversee_libraries", "committee.keep_meetings", "committee.sign_minutes"),
            ),
        ),
    ),
    (
        _("Working groups"),
        (
            Item(_("Groups"), "workgroups:group-list", "group"),
            Item(_("Filings"), "workgroups:coordination:filing-list", "filing"),
        ),
    ),
    (
        _("Reports"),
        (
            Item(_("Returns"), "returns:return-list", "table"),
            Item(_("Months"), "months:month-list", "lock"),
            Item(_("Reports"), "reports:edition-list", "report"),
            Item(_("Indicators"), "indicators:indicator-list", "list"),
            Item(_("Conformity"), "reports:conformity", "check"),
        ),
    ),
)


def context(request):
    """Give every page its menu and the number of unread notices."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "navigation": SimpleLazyObject(lambda: _floors(request)),
        "unread_notices": SimpleLazyObject(lambda: Notice.objects.visible_to(user).unread().count()),
    }


def _floors(request):
    here = getattr(request.resolver_match, "view_name", "")
    floors = []
    for title, items in MENU:
        shown = [_shown(item, here) for item in items if _is_open(item, request.user)]
        if shown:
            floors.append({"title": title, "items": shown})
    return floors


def _is_open(item, user):
    return not item.permissions or any(holds(user, permission) for permission in item.permissions)


def _shown(item, here):
    return {
        "title": item.title,
        "url": reverse(item.view),
        "icon": item.icon,
        "current": here == item.view,
        "count": None,
    }
