"""Find what the rooms put on the stage of the whole-project tests: a `stage.py` beside the tests of each.

Such a module has one or both of:

- `things(cast)`: make one of each thing and return {name: key}. The name is the first word of the addresses that need
  the key, such as `filing` of `workgroups:coordination:filing-detail`.
- `ACTS`, `RIGHTS`, `situations(cast)`: the table of verbs of the room; {verb: who holds its right}; and what yields
  (situation, thing) for each situation in which a thing can be.
"""

from functools import cache
from importlib import import_module
from pathlib import Path

TESTS = Path(__file__).resolve().parent


@cache
def stages():
    """Return the stages of all rooms, in the order of their folders."""
    found = sorted(TESTS.rglob("stage.py"))
    return [import_module(".".join(("tests", *path.relative_to(TESTS).with_suffix("").parts))) for path in found]


def things_of(cast):
    """Make one of each thing of the rooms."""
    found = {}
    for stage in stages():
        found |= getattr(stage, "things", lambda cast: {})(cast)
    return found


def with_acts():
    """Return the stages that bring a table of verbs."""
    return [stage for stage in stages() if hasattr(stage, "ACTS")]
