"""Know every kind of matter that somebody has to agree to; each room declares its own when the portal starts."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from fsul_portal.approvals.stages import Stage
from fsul_portal.grammar.words import Words

if TYPE_CHECKING:
    from fsul_portal.approvals.ways.models import WayStage


def nowhere(matters: list[Any]) -> dict[int, Model | None]:
    """Return no places: the permission is held on the whole portal."""
    return {}


@dataclass(frozen=True)
class Seat:
    """Who may be asked: a permission, and of many matters at once the places it is held on, by the matter's key.

    is_anywhere: wherever it is held counts, such as in any of the districts; no turn is given to such a seat.
    """

    title: Words
    permission: str
    of: Callable[[list[Any]], Mapping[int, Model | None]] = nowhere
    is_anywhere: bool = False


@dataclass(frozen=True)
class Condition:
    """When a stage is asked at all; chosen from a closed list.

    of_many: the keys of those of many matters for which it holds, where that is cheaper than to ask for each.
    """

    title: Words
    holds: Callable[[Any], bool]
    of_many: Callable[[Sequence[Any]], Collection[int]] | None = None

    def among(self, matters: Sequence[Any]) -> Collection[int]:
        """Return the keys of those matters for which it holds."""
        return self.of_many(matters) if self.of_many else {one.pk for one in matters if self.holds(one)}


@dataclass(frozen=True)
class MatterKind:
    """A kind of matter.

    model: label of its model. waiting: what the line on the desk says; listed: the address of the list whose rows are
    exactly what is open to the reader. lead: the seat that is told when nobody answers.
    """

    key: str
    title: Words
    model: str
    waiting: Words
    listed: Callable[[], str]
    seats: Mapping[str, Seat]
    default: tuple[Stage, ...]
    lead: str
    conditions: Mapping[str, Condition] = field(default_factory=dict)

    def applies(self, stage: "Stage | WayStage", matter: Any) -> bool:
        """Say whether the matter has to pass this stage; a condition that the code no longer knows is no way round."""
        condition = self.conditions.get(stage.condition)
        return condition is None or condition.holds(matter)

    def asked_of(self, stages: "Sequence[Stage | WayStage]", matters: Sequence[Any]) -> dict[int, list[Any]]:
        """Return those of some stages that each of many matters has to pass; a condition is asked once for all."""
        named = {stage.condition for stage in stages} & self.conditions.keys()
        holding = {name: self.conditions[name].among(matters) for name in named}
        return {
            one.pk: [stage for stage in stages if stage.condition not in holding or one.pk in holding[stage.condition]]
            for one in matters
        }


KINDS: dict[str, MatterKind] = {}


def register(kind: MatterKind) -> None:
    KINDS[kind.key] = kind


def kind_choices() -> list[tuple[str, Words]]:
    return [(kind.key, kind.title) for kind in KINDS.values()]
