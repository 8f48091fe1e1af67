"""Ask of each clause what the portal's own records say of it; what has no records says so."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from fsul_portal.grammar.evidence import NO_RECORD, Evidence
from fsul_portal.rooms import evidence_of
from fsul_portal.standard import BODIES, DUTIES, Clause


@dataclass(frozen=True)
class Row:
    clause: Clause
    evidence: Evidence


def conformity(day=None, clauses=DUTIES):
    """Return a row for each of the 39 duties with what holds it on that day."""
    day = day or timezone.localdate()
    return [Row(clause, _evidence(clause, day)) for clause in clauses]


def _evidence(clause, day):
    query = evidence_of(clause.number)
    return query(day) if query else NO_RECORD


def as_plain(day: date | None = None) -> list[dict[str, Any]]:
    """Return the duties and the two bodies as other systems read them, in the order of the standard."""
    return [
        {
            "clause": row.clause.number,
            "title": str(row.clause.title),
            "standing": str(row.evidence.standing),
            "sentence": str(row.evidence.sentence or row.evidence.standing.label),
            "records": row.evidence.records,
            "address": row.evidence.url,
            "since": None,
            "lapses_on": None,
        }
        for row in conformity(day, (*BODIES, *DUTIES))
    ]
