"""Say where things lie, and in which environment our programs run."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
CACHE = VAR / "cache"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def make_private(folder):
    """Create a folder which only its owner may enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def environment(**more):
    """Return the environment for our programs; it leads no cache and no settings out of the project folder."""
    make_private(VAR)
    home = make_private(VAR / "home")
    own = {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(CACHE),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local"),
        "MPLCONFIGDIR": str(CACHE / "matplotlib"),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "fsul_portal.settings",
        "PATH": f"{VENV / 'bin'}:{os.environ.get('PATH', os.defpath)}",
    }
    return {**os.environ, **own, **more}


def say(sentence):
    print(f"\N{BULLET} {sentence}", flush=True)


def stop(sentence):
    """End with one sentence on standard error and exit status 1."""
    sys.stdout.flush()
    print(f"\n{sentence}", file=sys.stderr)
    raise SystemExit(1)
