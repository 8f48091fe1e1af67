"""Roll up the tree who read, confirmed and did it; and read the answers as data."""

from dataclasses import dataclass, fields
from decimal import Decimal

from django.db.models import Count, F, Q

from members.libraries.models import Spell

SYSTEM = ""


@dataclass
class Tally:
    """How many libraries were asked, at a place of the tree and below it; late are those who came after the day."""

    asked: int = 0
    read: int = 0
    confirmed: int = 0
    done: int = 0
    late: int = 0

    def add(self, row):
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + row[field.name])


def tallies(circular) -> dict[str, Tally]:
    """Return the tally of each library that has others below it, by code, itself included; "" is the whole system.

    Two queries whatever the size: one over the paths above the copies, one over the copies of those above.
    """
    found: dict[str, Tally] = {SYSTEM: Tally()}
    for row in _counted(circular, "above"):
        for code in [SYSTEM, *filter(None, row["above"].split("/"))]:
            found.setdefault(code, Tally()).add(row)
    for row in _counted(circular, "library__code", library__code__in=set(found)):
        found[row["library__code"]].add(row)
    return found


def answer_table(circular):
    """Return (heads, rows) of what was answered: code, name of today, and an answer a question; two queries."""
    answered = circular.copies.filter(done_at__isnull=False).order_by("library__code")
    rows = list(answered.values_list("library_id", "library__code", "answers"))
    named = Spell.objects.as_of().filter(library__in=answered.order_by().values("library"))
    names = dict(named.values_list("library", "name"))
    keys = [question["key"] for question in circular.questions]
    heads = [question["title"] for question in circular.questions]
    return heads, [[code, names.get(pk, code), *(given.get(key) for key in keys)] for pk, code, given in rows]


def summary(circular):
    """Return what the answers come to, by key: the sum of a number, how often each choice was made."""
    given = list(circular.copies.filter(done_at__isnull=False).values_list("answers", flat=True))
    found: dict[str, Decimal | dict[str, int]] = {}
    for question in circular.questions:
        values = [one[question["key"]] for one in given if one.get(question["key"]) not in (None, "")]
        if question["kind"] == "number":
            found[question["key"]] = sum(map(Decimal, values), Decimal())
        elif question["kind"] == "choice":
            found[question["key"]] = {choice: values.count(choice) for choice in question["choices"]}
    return found


def _counted(circular, by, **narrowed):
    asked = f"{circular.asks}_at"
    late = Q(**{f"{asked}__date__gt": F("circular__due_on")})
    return (
        circular.copies.filter(**narrowed)
        .order_by()
        .values(by)
        .annotate(
            asked=Count("pk"),
            read=Count("read_at"),
            confirmed=Count("confirmed_at"),
            done=Count("done_at"),
            late=Count("pk", filter=late),
        )
    )
