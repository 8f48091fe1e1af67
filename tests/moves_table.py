"""Bring things into every situation, and spell what each person of the cast may do with them there."""

from pathlib import Path

from fsul_portal.verdicts import Kind
from tests.permission_table import PEOPLE
from tests.stages import with_acts

TABLE = Path(__file__).with_name("moves.txt")
CAST = PEOPLE[1:]
SIGNS = {Kind.NO_RIGHT: ".", Kind.NOT_NOW: "n", Kind.OVERTAKEN: "o", Kind.CLOSED: "c"}


def rows(cast):
    """Return (verb, situation, {person: sign}); "+" may, "-" does not see it, the others as in SIGNS."""
    found = []
    for stage in with_acts():
        for situation, thing in list(stage.situations(cast)):
            for key, verb in stage.ACTS.verbs.items():
                signs = {name: sign(verb, cast[name], thing) for name in CAST if name in cast}
                found.append((f"{stage.ACTS.name}-{key}", situation, signs))
    return found


def rights():
    """Return who holds the right to each verb, by its name in the table."""
    return {f"{stage.ACTS.name}-{key}": held for stage in with_acts() for key, held in stage.RIGHTS.items()}


def sign(verb, user, thing):
    visible = getattr(type(thing).objects, "visible_to", None)
    if visible and not visible(user).filter(pk=thing.pk).exists():
        return "-"
    verdict = verb.rule(user, thing)
    return "+" if verdict else SIGNS[verdict.kind]


def written(table):
    """Spell the table as it stands in the file."""
    people = list(table[0][2])
    lines = ["# + may · . no right · n not now · o overtaken · c closed · - does not see it; the people in order:"]
    lines += [f"#    {name}" for name in people]
    lines += [f"{verb} | {situation}: {' '.join(signs.values())}" for verb, situation, signs in table]
    return "\n".join(lines) + "\n"
