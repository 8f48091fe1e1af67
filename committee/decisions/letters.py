"""Tell people of decisions in writing (6.2.1 b)."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.decisions.models import Decision
from fsul_portal.notices.actions import tell
from fsul_portal.notices.kinds import kind
from fsul_portal.notices.models import Notice
from fsul_portal.templatetags.figures import day
from fsul_portal.users import User

DECISION = kind("decision", gettext_lazy("Decisions in writing"))


def tell_vote(decision: Decision, people: Iterable[User]) -> list[Notice]:
    """Ask each of those with a vote."""

    def body() -> str:
        return "\n".join([_("Please vote by %(day)s.") % {"day": day(decision.closes_on)}, "", decision.text])

    return _tell(decision, people, "vote", lambda: _("To be decided in writing: %(title)s"), body)


def tell_last_day(decision: Decision, people: Iterable[User]) -> list[Notice]:
    """Remind those who have not voted before the vote closes."""
    return _tell(
        decision,
        people,
        "closing",
        lambda: _("Your vote is missing: %(title)s"),
        lambda: _("The vote closes after %(day)s.") % {"day": day(decision.closes_on)},
    )


def tell_closed(decision: Decision, people: Iterable[User]) -> list[Notice]:
    """Tell everybody with a vote how it came out."""

    def body() -> str:
        told = {
            "for": decision.votes_for,
            "against": decision.votes_against,
            "abstained": decision.abstained,
            "state": decision.get_state_display(),
        }
        return _("For %(for)s, against %(against)s, abstained %(abstained)s: %(state)s.") % told

    return _tell(decision, people, "closed", lambda: _("Decided in writing: %(title)s"), body)


def _tell(
    decision: Decision, people: Iterable[User], key: str, subject: Callable[[], str], body: Callable[[], str]
) -> list[Notice]:
    return tell(
        people,
        key=f"{DECISION}:{decision.pk}:{key}",
        subject=lambda: subject() % {"title": decision.title},
        body=body,
        link=decision.get_absolute_url(),
    )
