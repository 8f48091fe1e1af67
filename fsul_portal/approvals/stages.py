"""Describe the way of a matter through the hands of those who have to agree."""

from dataclasses import dataclass

from fsul_portal.words import Words


@dataclass(frozen=True)
class Stage:
    """One opinion that is needed.

    key: stable name, stored with the opinion. permission: who may give it, asked on the places that the matter names
    for `place`. step: stages of the same step are asked at the same time (countersignature); the next step begins when
    all of them agree. title and verb are shown: "Decision of the coordination group", "Approve".
    """

    key: str
    step: int
    title: Words
    verb: Words
    permission: str
    place: str
    seat: Words


def steps(stages):
    """Return the numbers of the steps in order."""
    return sorted({stage.step for stage in stages})
