"""The card of institutions and rules (6.1 a)."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.institutions.models import Institution
from committee.institutions.register import INSTITUTIONS
from fsul_portal.calendar.days import ONE_DAY
from fsul_portal.finding.hits import Find, Hit, hit_of, joined
from fsul_portal.grammar.evidence import NO_RECORD, Evidence, Standing
from fsul_portal.rooms import Card, Entry, Job

REVIEW_SEEN_BEFORE = 90


def institutions_in_force(day: date) -> Evidence:
    """Say how many institutions are in force, and how many of them are due for review (6.1 a)."""
    soon = day + REVIEW_SEEN_BEFORE * ONE_DAY
    counts = Institution.objects.in_force(day).aggregate(
        force=Count("pk"),
        past=Count("pk", filter=Q(review_due_on__lt=day)),
        soon=Count("pk", filter=Q(review_due_on__range=(day, soon))),
    )
    late = Institution.objects.overdue(day).filter(started_at__date__lte=day).count()
    if not counts["force"] and not Institution.objects.filter(started_at__date__lte=day).exists():
        return NO_RECORD
    told = counts | {"late": late}
    sentence = (
        _(
            "%(force)s in force, %(past)s past their review, %(soon)s due within 90 days, %(late)s consultations past "
            "their day"
        )
        % told
    )
    return Evidence(_standing(told), sentence, reverse("committee:institution-list"), counts["force"])


def _standing(told: dict[str, int]) -> Standing:
    if not told["force"] or told["past"]:
        return Standing.NOT_HELD
    return Standing.AT_RISK if told["soon"] or told["late"] else Standing.HELD


def institution_hit(one: Institution, words: Sequence[str]) -> Hit:
    """Show an institution with its kind and how far it is."""
    return hit_of(one, line=joined(one.get_kind_display(), one.get_state_display()))


CARD = Card(
    clauses=("6.1 a",),
    menu=(
        Entry(
            gettext_lazy("Committee"),
            gettext_lazy("Institutions and rules"),
            "committee:institution-list",
            "shield",
            12,
        ),
    ),
    jobs=(Job("institutions.enter_due", gettext_lazy("Let institutions enter into force"), daily=(0, 10)),),
    evidence={"6.1 a": institutions_in_force},
    finds=(
        Find(
            Institution,
            INSTITUTIONS.search,
            "shield",
            shown=institution_hit,
            listed="committee:institution-list?tab=all&words=",
            sort=31,
        ),
    ),
)
