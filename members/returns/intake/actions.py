"""Take a file of returns in, in one step (6.2.1 j)."""

from typing import Any

from fsul_portal.intake.actions import read, take_in
from fsul_portal.intake.kinds import kind_named
from fsul_portal.sheets.refusals import Source
from fsul_portal.users import User
from fsul_portal.verdicts import require
from members.returns.models import Return
from members.returns.rules import may_import


def import_returns(
    file: Source, *, name: str, by: User | None = None, state: str = Return.State.ACCEPTED, **wishes: Any
) -> Any:
    """Import a file of returns; return the plan that says what was done, or would be (6.2.1 j).

    `by` is None for the command of the office. Raises SheetRefused where the file cannot be read at all.
    """
    kind = kind_named("returns")
    if by is not None:
        require(may_import(by))
    return take_in(kind, read(kind, file, name=name), by=by, note=name, state=str(state), **wishes)
