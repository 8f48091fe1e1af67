"""Write a roster as a workbook and as cards for address books (7.2)."""

import io
from collections.abc import Iterable

import vobject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fsul_portal.grammar.text import masked
from fsul_portal.sheets import Column, Table, write_xlsx
from members.rosters.models import Roster, RosterLine

VCARD, XLSX = "text/vcard; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def number_of(line: RosterLine, openly: set[int]) -> str:
    """Return the number of a line as one person may read it: a mobile that is not open to him is masked (7.2)."""
    return line.phone if line.pk in openly or not is_mobile(line.phone) else masked(line.phone)


def as_xlsx(roster: Roster, lines: Iterable[RosterLine], openly: set[int]) -> bytes:
    """Return the roster as a workbook; numbers that are not open to the reader are masked."""
    heads = [
        Column(pgettext("paper", "Seq.")),
        Column(_("Full name")),
        Column(_("Post")),
        Column(_("Unit")),
        Column(_("Position at the unit")),
        Column(_("Responsible for")),
        Column(_("Telephone"), as_text=True),
        Column(_("Email"), as_text=True),
    ]
    rows = [
        [
            line.position,
            line.name,
            line.post,
            line.unit_name,
            line.office,
            "、".join(line.clauses),
            number_of(line, openly),
            line.email,
        ]
        for line in lines
    ]
    file = io.BytesIO()
    write_xlsx(file, [Table(roster.title, heads, rows)])
    return file.getvalue()


def as_vcard(lines: Iterable[RosterLine], openly: set[int]) -> str:
    """Return a card for each person; a number that is not open to the reader is left out, since nobody can call it."""
    return "".join(_card(line, line.pk in openly or not is_mobile(line.phone)) for line in lines)


def _card(line: RosterLine, with_number: bool) -> str:
    card = vobject.vCard()
    card.add("n").value = vobject.vcard.Name(family=line.name)
    card.add("fn").value = line.name
    card.add("org").value = [line.unit_name]
    card.add("title").value = line.post
    if line.email:
        card.add("email").value = line.email
    if with_number and line.phone:
        phone = card.add("tel")
        phone.value, phone.type_param = line.phone, "CELL" if is_mobile(line.phone) else "WORK"
    written: str = card.serialize()
    return written


def is_mobile(phone: str) -> bool:
    """Say whether it is a number of a mobile in China: eleven digits that begin with 1."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    return len(digits) == 11 and digits[0] == "1"
