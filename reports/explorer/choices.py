"""Hold what somebody looks at: which figures, which months, of whom (6.2.1 j)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fsul_portal.templatetags.figures import period as in_words
from members.divisions.models import Division
from members.indicators.formulas.models import Formula
from members.indicators.models import Indicator
from members.indicators.versions.reading import Dictionaries
from members.libraries.finding.kinds import kind_title
from members.libraries.models import Library, Spell
from members.periods.models import Period
from members.returns.due.scope import WHOLE

Figure = Indicator | Formula


def is_yearly(figure: Figure) -> bool:
    """Say whether a figure is counted once a year, so that it has no months."""
    return isinstance(figure, Indicator) and figure.is_yearly


# Beside a library: those like it in its district, or everywhere.
NEAR, FAR = "district", "system"


@dataclass(frozen=True)
class Choice:
    """Some figures, in the months from the first to the last, of the system, a district, a library, or of peers.

    level, kind: of those alone who are of it. peers: beside a library, NEAR or FAR. formulas, dictionaries: what the
    dictionary says. periods: those of the months that are stored. by_year: the months are folded into years.
    stored: every period there is, where that is known.
    """

    figures: Sequence[Figure]
    months: Sequence[str]
    district: Division | None = None
    library: Library | None = None
    level: str = ""
    kind: str = ""
    peers: str = ""
    formulas: Sequence[Formula] = ()
    periods: Sequence[Period] = ()
    stored: Sequence[Period] | None = None
    dictionaries: Dictionaries | None = None
    by_year: bool = False

    @property
    def steps(self) -> list[str]:
        """Return the codes of what stands beside one another: the months, or their years."""
        return list(dict.fromkeys(month[:4] if self.by_year else month for month in self.months))

    @property
    def is_of_years(self) -> bool:
        """Say whether what stands in `months` are the codes of years, of what is counted once a year."""
        return all("-" not in month for month in self.months)

    @property
    def expressions(self) -> dict[str, str]:
        return {one.code: one.expression for one in self.formulas}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.level or self.kind)

    @property
    def place(self) -> str:
        """Say in words whose figures they are: the rule by which peers are chosen is part of it."""
        if self.library:
            return str(self.library.facts.name if self.library.facts else self.library.code)
        parts = [self.district.title if self.district else str(WHOLE)]
        if self.level:
            parts.append(str(Spell.Level(self.level).label))
        if self.kind:
            parts.append(kind_title(self.kind))
        return " · ".join(parts)

    @property
    def span(self) -> str:
        first, last = self.steps[0], self.steps[-1]
        if first == last:
            return in_words(first)
        return _("%(first)s to %(last)s") % {"first": in_words(first), "last": in_words(last)}

    @property
    def title(self) -> str:
        named = _(", ").join(figure.title for figure in self.figures)
        return _("%(figures)s: %(place)s, %(span)s") % {"figures": named, "place": self.place, "span": self.span}

    def peer_rule(self, spell: Spell) -> str:
        """Say in words who the peers of a library are."""
        words = {
            "level": spell.get_level_display(),
            "kind": spell.kind_title or _("no kind"),
            "place": spell.district.title if self.peers == NEAR else str(WHOLE),
        }
        return _("the same level (%(level)s) and kind (%(kind)s), %(place)s") % words
