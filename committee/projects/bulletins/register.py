"""Declare the list and the page of the bulletins (6.2.1 f)."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.projects.bulletins import actions
from committee.projects.bulletins.models import ProjectBulletin, quarter_before
from committee.projects.lights import Colour
from committee.projects.rules import may_give_bulletin
from fsul_portal.acts.forms import TokenForm
from fsul_portal.finding.matches import Match, on_day
from fsul_portal.grammar.words import in_own_language
from fsul_portal.letters.shelf import shelf_of
from fsul_portal.lives.forms import long_text
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.register import Register


class BulletinForm(TokenForm):
    """Of which quarter, and what is to be said before the table."""

    quarter = forms.RegexField(
        label=gettext_lazy("Quarter"),
        regex=r"\A20[0-9]{2}-Q[1-4]\Z",
        initial=lambda: quarter_before(timezone.localdate()),
        help_text=gettext_lazy("As 2026-Q3."),
    )
    summary = long_text(gettext_lazy("What is to be said before the table"), rows=4, required=False)


def size_of(bulletin: ProjectBulletin) -> int:
    return len(bulletin.rows)


class Bulletins(Register):
    """The quarterly bulletins of the key projects (6.2.1 f)."""

    name, model, clause, icon = "committee:bulletin", ProjectBulletin, "6.2.1 f", "report"
    title = gettext_lazy("Bulletins of key projects")
    lead = gettext_lazy("One a quarter: how every project stands, frozen on its day.")
    new_title = gettext_lazy("Give the bulletin out")
    created = gettext_lazy("The bulletin is made; draft its paper and issue it.")
    empty = gettext_lazy("No bulletin has been given out yet.")
    above = (gettext_lazy("Key projects"), "committee:project-list")
    columns = (
        Column("quarter", gettext_lazy("Quarter"), sort="quarter", is_name=True),
        Column("number", gettext_lazy("Number"), sort="number"),
        Column("as_of", pgettext_lazy("bulletin", "As of"), sort="as_of"),
        Column("size", gettext_lazy("Projects"), size_of, is_number=True),
    )
    facts = (*columns, Column("summary", gettext_lazy("What is to be said before the table")))
    search: tuple[Match, ...] = ("quarter", "number", on_day("as_of"))
    order = ("-quarter",)
    deeds = {"bulletin given": Deed(tone="success", icon="send")}
    form = BulletinForm
    may_create, create = staticmethod(may_give_bulletin), staticmethod(actions.give_bulletin)
    page_template = "committee/projects/bulletin_page.html"

    def beside_page(self, thing: Any, user: Any) -> dict[str, Any]:
        rows = [
            (row, Colour(row["colour"]) if row["colour"] else None, in_own_language(*row["reasons"]))
            for row in thing.rows
        ]
        return {"rows": rows, "shelf": shelf_of(thing, user)}


BULLETINS = Bulletins()
