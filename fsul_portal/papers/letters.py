"""Tell whom a paper concerns, and remind of what is due; a duty calls `remind` from its own reminder."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import gettext as _

from fsul_portal.calendar.days import ONE_DAY
from fsul_portal.grammar.things import kind_of
from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import Notice
from fsul_portal.papers.models import Paper
from fsul_portal.templatetags.figures import day as in_words
from fsul_portal.users import User

WARN_BEFORE = 3


def tell_consulted(paper: Paper) -> list[Notice]:
    key = f"consulted-{paper.version}"
    return _tell(paper, paper.people_asked, key, lambda: _("Your opinion is asked for: %(paper)s"))


def tell_issued(paper: Paper) -> list[Notice]:
    return _tell(paper, paper.people_asked, "issued", lambda: _("Issued: %(paper)s"))


def remind(model: type[Paper], day: date) -> list[Notice]:
    """Tell those asked for an opinion before the day, the drafters after it, and of reviews that are due; each once."""
    soon = model.objects.filter(state=model.State.CONSULTED, consult_until__range=(day, day + WARN_BEFORE * ONE_DAY))
    over, due = model.objects.overdue(day), model.objects.to_review(day)
    told = [_tell_closing(paper) for paper in soon] + [_tell_over(paper) for paper in over]
    told += [_tell_review(paper) for paper in due]
    return [notice for notices in told for notice in notices]


def _tell_closing(paper: Paper) -> list[Notice]:
    # Who spoke of an edition before this one has not said anything of it yet.
    spoken = set(paper.consulted.filter(edition=paper.edition.number).values_list("given_by", flat=True))
    silent = [person for person in paper.people_asked if person.pk not in spoken]
    return _tell(paper, silent, f"closing-{paper.consult_until}", lambda: _("Opinions until %(day)s: %(paper)s"))


def _tell_over(paper: Paper) -> list[Notice]:
    key = f"over-{paper.consult_until}"
    return _tell(paper, paper.people_in("drafter"), key, lambda: _("Opinions were due by %(day)s: %(paper)s"))


def _tell_review(paper: Paper) -> list[Notice]:
    key = f"review-{paper.review_due_on}"
    return _tell(paper, paper.people_in("drafter"), key, lambda: _("A review is due: %(paper)s"))


def _tell(paper: Paper, people: Iterable[User], key: str, subject: Callable[[], str]) -> list[Notice]:
    return tell(
        people,
        key=f"{kind_of(paper)}:{paper.pk}:{key}",
        subject=lambda: subject() % {"paper": paper, "day": in_words(paper.consult_until)},
        link=paper.get_absolute_url(),
    )
