"""The card of the working groups (5.2)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.seats.models import Seat
from fsul_portal.grammar.evidence import NO_RECORD, Evidence, Standing
from fsul_portal.rooms import Card, Entry, Waiting
from fsul_portal.users import User
from members.bodies.rules import keeps_seats
from workgroups.groups.actions import found_first_groups
from workgroups.groups.before import seat_who_led
from workgroups.groups.models import Membership
from workgroups.groups.staffing import staff_of


def groups_staffed(day: date) -> Evidence:
    """Say whether each group had a lead, clauses, and somebody of every district on a day (5.2)."""
    staff = staff_of(day)
    people = sum(len(one.memberships) for one in staff)
    if not people:
        return NO_RECORD
    told = {
        "groups": len(staff),
        "people": people,
        "leaderless": sum(not one.leads for one in staff),
        "gaps": sum(len(one.missing) for one in staff),
    }
    sentence = _(
        "%(groups)s groups with %(people)s people; %(leaderless)s without a lead, %(gaps)s districts missing in them"
    )
    standing = Standing.HELD if all(one.is_complete for one in staff) else Standing.AT_RISK
    return Evidence(standing, sentence % told, reverse("workgroups:group-list"), people)


def put_forward(user: User) -> Iterator[Waiting]:
    """Lead whoever keeps the seats to those nominated for the committee and put forward for groups (5.1, 5.2)."""
    if not keeps_seats(user):
        return
    # Both at once: every page of the desk pays for each question.
    seats = Seat.objects.ahead().order_by().values_list(Value("seat"))
    memberships = Membership.objects.ahead().order_by().values_list(Value("membership"))
    counts = Counter(kind for (kind,) in seats.union(memberships, all=True))
    for kind, words, page in (
        ("seat", gettext_lazy("Nominations for the committee"), "committee:seat-list"),
        ("membership", gettext_lazy("People put forward for groups"), "workgroups:membership-list"),
    ):
        yield Waiting(words, counts[kind], f"{reverse(page)}?tab=ahead")


CARD = Card(
    clauses=("5.2",),
    menu=(
        Entry(gettext_lazy("Working groups"), gettext_lazy("Groups"), "workgroups:group-list", "group", 10),
        Entry(
            gettext_lazy("Working groups"),
            gettext_lazy("People of the groups"),
            "workgroups:membership-list",
            "people",
            15,
        ),
    ),
    acts={
        "clause handed over": pgettext_lazy("act", "handed a clause over"),
        "clauses set": pgettext_lazy("act", "set the clauses"),
        "group charged": pgettext_lazy("act", "charged the group"),
        "group closed": pgettext_lazy("act", "closed the group"),
        "group founded": pgettext_lazy("act", "founded the group"),
        "group renamed": pgettext_lazy("act", "renamed the group"),
        "work shared out": pgettext_lazy("act", "shared out the work"),
    },
    permissions={
        "workgroups.view_group": gettext_lazy("Looks at the working groups in the admin"),
        "workgroups.take_part": gettext_lazy("Takes part in the work of the group"),
        "workgroups.keep_meetings": gettext_lazy("Calls the meetings of the group, keeps the roll and writes minutes"),
        "workgroups.sign_minutes": gettext_lazy("Signs rolls and minutes of the group"),
    },
    defaults={"working groups": found_first_groups, "memberships for roles held before": seat_who_led},
    desk=put_forward,
    evidence={"5.2": groups_staffed},
)
