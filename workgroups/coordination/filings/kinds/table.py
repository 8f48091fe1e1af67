"""List the kinds of filing: one entry is all that a kind needs (6.2.1 e)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import Words
from members.libraries.models import Spell
from workgroups.coordination.filings.checks.findings import Finding
from workgroups.coordination.filings.kinds import consequences, questions
from workgroups.coordination.filings.kinds.facts import plain, revive


@dataclass(frozen=True)
class Kind:
    """A kind of change.

    asks: facts of the registry that the filer fills in, in the order of the form. needs: those of them that must not
    be empty. sets: facts which the kind changes by itself. ends: whether it may end on a day on which the facts of
    before come back. checks: (filing, facts of the day before as plain text) -> findings. consequences: the same ->
    sentences for those who decide.
    """

    key: str
    title: Words
    summary: Words
    icon: str
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    sets: Mapping[str, str] = field(default_factory=dict)
    ends: bool = False
    checks: tuple[Callable[..., list[Finding]], ...] = ()
    # Before the field that takes the name of the module.
    ahead: Callable[[Any], str] = consequences.ahead_of_any
    consequences: tuple[Callable[..., list[str]], ...] = ()

    def changes(self, filing):
        """Return (first day, day of resumption or None, facts): what the registry is told when the day has come."""
        return filing.effective_on, filing.resumes_on, revive(filing.requested)

    def requested(self, answers):
        """Return what a filing of this kind asks for, as plain text, out of the answers of its form."""
        return dict(self.sets) | {field: plain(answers.get(field)) for field in self.asks}


_TABLE = (
    Kind(
        key="move",
        title=_("move"),
        summary=_("The library moves to another address."),
        icon="pin",
        asks=("town", "address", "longitude", "latitude", "crs"),
        needs=("town", "address"),
        checks=(questions.of_place,),
        consequences=(consequences.of_place,),
        ahead=consequences.ahead_of_moving,
    ),
    Kind(
        key="suspension",
        title=_("suspension"),
        summary=_("The library closes for a time, with or without a known day of reopening."),
        icon="stop",
        sets={"status": Spell.Status.SUSPENDED.value},
        ends=True,
        consequences=(consequences.of_closing,),
        ahead=consequences.ahead_of_closing,
    ),
)

KINDS: dict[str, Kind] = {kind.key: kind for kind in _TABLE}


def kind_choices() -> list[tuple[str, Words]]:
    return [(kind.key, kind.title) for kind in KINDS.values()]
