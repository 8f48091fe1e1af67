"""The settings of the portal, with the small duties on which the grammars are tried."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from fsul_portal.settings import *  # noqa: F403
from fsul_portal.settings import INSTALLED_APPS, LOCALE_PATHS


def compile_catalogues(folder: Path) -> None:
    """Make the compiled catalogues what the written ones say: in a work tree that was never set up there are none."""
    for written in folder.rglob("*.po"):
        compiled = written.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < written.stat().st_mtime:
            fresh = compiled.with_suffix(f".{os.getpid()}")
            with written.open("rb") as source, fresh.open("wb") as made:
                write_mo(made, read_po(source))
            fresh.replace(compiled)


# Before Django reads them: what it has read once, it does not read again.
compile_catalogues(Path(LOCALE_PATHS[0]))

# The stories count with the fifth, whatever a new portal begins with.
RETURN_DUE_DAY = 5
INSTALLED_APPS = [*INSTALLED_APPS, "tests.small"]
# The tables knock at every door from one address, a hundred times a minute.
API_REQUESTS_A_MINUTE = CHECKS_A_MINUTE = 1_000_000
