"""Tell people that they have taken a post or left it (5.1, 5.2)."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.access.roles import ROLES
from fsul_portal.grammar.things import kind_of
from fsul_portal.grammar.words import enumerated
from fsul_portal.notices.actions import tell
from fsul_portal.notices.kinds import kind
from fsul_portal.templatetags.figures import day as in_words
from members.bodies.models import Tenure

SEATS = kind("seats", gettext_lazy("Seats in committee and groups"))
# What lies longer ago is only put on record; nobody needs to be told of it any more.
NEWS_FOR = timedelta(days=31)


def tell_seated(tenure: Tenure) -> None:
    """Tell a person of his new post and of what comes with it."""
    if tenure.since is None or tenure.since < timezone.localdate() - NEWS_FOR:
        return
    since = tenure.since

    def body() -> str:
        roles = enumerated(str(ROLES[role].title) for role, __ in tenure.roles())
        return "\n".join(
            [
                _("%(body)s, since %(day)s.") % {"body": tenure.body, "day": in_words(since)},
                _("With it come the roles: %(roles)s.") % {"roles": roles},
            ]
        )

    _tell(tenure, "taken", lambda: _("You have taken your seat: %(post)s") % {"post": tenure.post_in_words}, body)


def tell_left(tenure: Tenure) -> None:
    """Tell a person that his time in a post is over, and with it its roles."""
    if tenure.until is None or tenure.until < timezone.localdate() - NEWS_FOR:
        return
    until = tenure.until

    def body() -> str:
        return _("%(body)s, last day %(day)s. The roles of this seat have ended.") % {
            "body": tenure.body,
            "day": in_words(until),
        }

    _tell(tenure, "left", lambda: _("Your seat has ended: %(post)s") % {"post": tenure.post_in_words}, body)


def _tell(tenure: Tenure, what: str, subject, body) -> None:  # type: ignore[no-untyped-def]
    tell(
        [tenure.person],
        key=f"{SEATS}:{what}:{kind_of(tenure)}-{tenure.pk}",
        subject=subject,
        body=body,
        link=tenure.get_absolute_url(),
    )
