"""Gather the models of the registry and of what it reports."""

from members.chasing.models import Chase
from members.divisions.models import Division
from members.indicators.formulas.models import Formula
from members.indicators.models import Indicator
from members.indicators.population.models import Population
from members.indicators.versions.models import DictionaryVersion
from members.libraries.models import Library, Spell
from members.people.models import User
from members.periods.models import Period
from members.returns.checks.scores.models import Score, Scored
from members.returns.due.models import DueRule
from members.returns.models import Return
from members.returns.rollup.models import Awaited, Mark, Tally
from members.returns.sources.models import ExportSource
from members.rosters.models import Roster, RosterLine
from members.rosters.quarters.models import RosterCheck

__all__ = [
    "Awaited",
    "Chase",
    "DictionaryVersion",
    "Division",
    "DueRule",
    "ExportSource",
    "Formula",
    "Indicator",
    "Library",
    "Mark",
    "Period",
    "Population",
    "Return",
    "Roster",
    "RosterCheck",
    "RosterLine",
    "Score",
    "Scored",
    "Spell",
    "Tally",
    "User",
]
