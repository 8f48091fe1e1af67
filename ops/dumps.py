"""Write a database of PostgreSQL as compressed SQL, and read it back into an empty one."""

import gzip
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ops.machine import postgresql_folder
from ops.places import environment, stop

# Who was signed in, and who failed to, is nobody's business later on.
LEFT_OUT = ("django_session", "axes_*")
AS_ANYBODY = ("--no-owner", "--no-privileges")
# A guard of newer clients against hostile dumps; an older psql does not know it, and its key differs each time.
GUARD = re.compile(rb"^\\(un)?restrict .*\n", re.MULTILINE)


def client(program: str, words: list[str], settings: Mapping[str, Any], statements: bytes = b"") -> bytes:
    """Run a program of PostgreSQL against the database of Django's settings; return what it prints."""
    folder = postgresql_folder()
    if folder is None:
        stop("PostgreSQL is not installed; `make test` installs it.")
    place = ["--host", settings["HOST"], "--port", str(settings["PORT"]), "--username", settings["USER"]]
    command = [f"{folder}/{program}", *words, *place, "--dbname", settings["NAME"]]
    # The password goes by the environment: arguments can be read by everybody on the machine.
    own = environment(PGPASSWORD=settings["PASSWORD"])
    done = subprocess.run(command, input=statements, capture_output=True, env=own, check=False)
    if done.returncode:
        stop(f"{program} failed:\n{done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def dump(settings: Mapping[str, Any], file: Path) -> None:
    left_out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
    sql = GUARD.sub(b"", client("pg_dump", [*AS_ANYBODY, *left_out], settings))
    file.write_bytes(gzip.compress(sql, mtime=0))


def restore(settings: Mapping[str, Any], file: Path) -> None:
    words = ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--single-transaction"]
    client("psql", words, settings, gzip.decompress(file.read_bytes()))
