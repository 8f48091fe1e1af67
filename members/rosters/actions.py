"""Write the next edition of a roster with the act that changed its people, and erase old numbers (7.2)."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.account.actions import after_contact
from fsul_portal.calendar import add_working_days
from fsul_portal.grammar.words import in_both
from fsul_portal.lives.models import heirs
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require
from members.bodies.lists import BY_POST, unit_name
from members.bodies.models import Tenure
from members.rosters.models import Roster, RosterLine
from members.rosters.rules import may_show_numbers

# By what a line tells how somebody is called and reached.
REACHED_BY = ("name", "office", "phone", "email")


def write_edition(body: Any, *, since: date, known_on: date, by: User | None) -> Roster:
    """Write who is in a body now, inside the caller's transaction, which holds the body."""
    before = Roster.objects.of(body).order_by("-number").first()
    title_zh, title_en = in_both(lambda: str(body))
    roster = Roster(
        content_type=ContentType.objects.get_for_model(body),
        object_id=body.pk,
        title_zh=title_zh,
        title_en=title_en,
        number=before.number + 1 if before else 1,
        since=since,
        known_on=known_on,
        due_on=add_working_days(known_on, settings.ROSTER_DUE_DAYS).day,
        issued_by=by,
    )
    lines = [_line(position, tenure) for position, tenure in enumerate(_people_of(body), start=1)]
    roster.changed_zh, roster.changed_en = in_both(lambda: _changed(list(before.lines.all()) if before else [], lines))
    roster.save(force_insert=True)
    for line in lines:
        line.roster = roster
    RosterLine.objects.bulk_create(lines)
    record(roster, "roster written", by=by, note=roster.changed_zh)
    return roster


@after_contact
def write_for(person: User, by: User) -> None:
    """Write an edition of each body in which somebody sits who is reached otherwise from now on."""
    today = timezone.localdate()
    for model in heirs(Tenure):
        for tenure in model.objects.seated().filter(person=person).order_by("pk"):
            type(tenure.body)._default_manager.select_for_update(of=("self",)).get(pk=tenure.body.pk)
            write_edition(tenure.body, since=today, known_on=today, by=by)


def _people_of(body: Any) -> list[Any]:
    """Return the tenures that stand in a body, as the office names people."""
    for model in heirs(Tenure):
        if model._meta.get_field(model.BODY).related_model is type(body):
            return list(model.objects.seated().filter(**{model.BODY: body}).for_lists().order_by(*BY_POST))
    raise TypeError(f"Nobody sits in {body!r}.")


def _line(position: int, tenure: Any) -> RosterLine:
    person, facts = tenure.person, tenure.unit.facts
    post_zh, post_en = in_both(lambda: tenure.post_in_words)
    return RosterLine(
        position=position,
        person=person,
        name=person.get_full_name(),
        unit=tenure.unit,
        unit_name=unit_name(tenure),
        district=facts.district if facts else tenure.unit.district,
        post_zh=post_zh,
        post_en=post_en,
        office=person.position,
        phone=person.phone,
        email=person.email,
        clauses=list(getattr(tenure, "clauses", [])),
    )


def _changed(before: list[RosterLine], after: list[RosterLine]) -> str:
    """Say in words who came, who went and who has another post."""
    old, new = ({line.person_id: line for line in lines} for lines in (before, after))
    came = [_("%(name)s has come: %(post)s.") % _told(new[key]) for key in new.keys() - old.keys()]
    went = [_("%(name)s has gone: %(post)s.") % _told(old[key]) for key in old.keys() - new.keys()]
    moved = [
        _("%(name)s is now: %(post)s.") % _told(new[key])
        for key in new.keys() & old.keys()
        if new[key].post_zh != old[key].post_zh
    ]
    reached = [
        _("%(name)s is reached otherwise.") % _told(new[key])
        for key in new.keys() & old.keys()
        if any(getattr(new[key], field) != getattr(old[key], field) for field in REACHED_BY)
    ]
    return "\n".join([*sorted(came), *sorted(went), *sorted(moved), *sorted(reached)])


def _told(line: RosterLine) -> dict[str, str]:
    return {"name": line.name, "post": line.post}


@transaction.atomic
def show_numbers(roster: Roster, *, by: User) -> None:
    """Put on record that somebody had the numbers of a roster shown."""
    require(may_show_numbers(by, roster))
    record(roster, "numbers shown", by=by)


def note_export(roster: Roster, form: str, *, by: User, with_numbers: bool) -> None:
    """Put on record that a roster was taken along as a file."""
    record(roster, "roster exported", by=by, after={"form": form, "numbers": with_numbers})


@transaction.atomic
def erase_numbers(day: date | None = None) -> int:
    """Erase the numbers of people who have been on no roster for so many days; return how many lines it concerned."""
    day = day or timezone.localdate()
    kept_until = day - timedelta(days=settings.ROSTER_NUMBERS_KEPT_DAYS)
    sitting: set[int] = set()
    for model in heirs(Tenure):
        recent = model.objects.filter(Q(state="seated") | Q(state="left", until__gte=kept_until))
        sitting |= set(recent.values_list("person", flat=True))
    gone = RosterLine.objects.exclude(phone="").filter(~Q(person__in=sitting), person__isnull=False)
    concerned = {line.roster_id: line.roster for line in gone.select_related("roster")}
    erased = gone.update(phone="")
    for roster in concerned.values():
        record(roster, "numbers erased", by=None)
    return erased
