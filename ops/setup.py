"""Bring a machine to the point where `manage.py` works; what has not changed since the last time is left alone."""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys

from ops.machine import TO_RUN, TO_TEST, install_missing
from ops.places import CACHE, PYTHON, ROOT, VAR, VENV, environment, make_private, say, stop

LOCK = ROOT / "requirements.txt"
DEVELOPMENT_LOCK = ROOT / "requirements-dev.txt"
OLDEST_PIP = ROOT / "ops" / "oldest-pip.txt"
OLDEST_PIP_FOLDER = CACHE / "oldest-pip"
AS_LOCKED = ["--quiet", "--no-input", "--require-hashes", "--only-binary", ":all:"]


def digest(paths, *words):
    """Return the digest of some words and of the files' names and contents."""
    total = hashlib.sha256("\n".join(words).encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def once(stamp, mark, work, *, products=()):
    """Do the work unless the stamp shows that it was done for this very mark, and its products are still there."""
    if stamp.exists() and stamp.read_text() == mark and all(product.exists() for product in products):
        return
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)


def require(*command, env=None):
    """Run a command; end with its own exit status when it fails."""
    words = [str(word) for word in command]
    status = subprocess.run(words, cwd=ROOT, env=env or environment(), check=False).returncode
    if status:
        print(f"\nThis step failed: {' '.join(words)}", file=sys.stderr)
        raise SystemExit(status)


def environment_works():
    """Tell whether .venv is whole: it can be cut off while it is made, or lose the Python it stands on."""
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], check=False).returncode == 0


def create_environment():
    if environment_works():
        return
    say("Creating .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    require(sys.executable, "-m", "venv", VENV)


def pip(*words, python=PYTHON):
    # pip keeps the caller's HOME: the mirror set up there may be all that it can reach.
    own = {**os.environ, "PIP_CACHE_DIR": str(CACHE / "pip"), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    require(python, "-m", "pip", *words, env=own)


def install(lock, python=PYTHON):
    say(f"Installing the packages of {lock.name}")
    # The lock is complete. An old pip that resolved it anew would ask the index for extras that the lock leaves out,
    # and end in an error as soon as the index has something newer.
    pip("install", *AS_LOCKED, "--no-deps", "-r", lock, python=python)
    pip("check", python=python)


def install_locked(locks):
    for lock in locks:
        once(VENV / f".{lock.stem}.sha256", digest([lock], sys.version), lambda lock=lock: install(lock))


def fetch_oldest_pip():
    say("Fetching the oldest pip that we support")
    pip("download", *AS_LOCKED, "--no-deps", "-d", OLDEST_PIP_FOLDER, "-r", OLDEST_PIP)


def compile_translations():
    say("Compiling the translations")
    for folder in (ROOT / "locale", ROOT / "locale" / "packages"):
        require(PYTHON, "-m", "babel.messages.frontend", "--quiet", "compile", "-D", "django", "-d", folder)


def collect_static_files():
    say("Collecting the static files")
    own = environment(DEBUG="0", SECRET_KEY="only to collect static files", DATABASE_URL="sqlite://:memory:")
    require(PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0", env=own)


def warm_font_cache():
    if not list((CACHE / "matplotlib").glob("fontlist-*.json")):
        say("Listing the fonts for charts")
        require(PYTHON, "-c", "import matplotlib.font_manager")


def build():
    """Make what is derived from the sources: translations, static files, the list of fonts."""
    catalogs = list((ROOT / "locale").rglob("*.po"))
    compiled = [catalog.with_suffix(".mo") for catalog in catalogs]
    if catalogs:
        once(VAR / "stamps" / "translations", digest(catalogs), compile_translations, products=compiled)
    sources = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    sources += [LOCK, ROOT / "fsul_portal" / "settings.py"]
    collected = [VAR / "static" / "staticfiles.json"]
    once(VAR / "stamps" / "static", digest(sources), collect_static_files, products=collected)
    warm_font_cache()


def arguments():
    parser = argparse.ArgumentParser(prog="python3 -m ops.setup", description=__doc__)
    parser.add_argument("--development", action="store_true", help="also install what tests and checks need")
    parser.add_argument("--no-database", action="store_true", help="leave the database alone")
    return parser.parse_args()


def set_up(development=False, database=True):
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs before any installer could refuse
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]} ({sys.executable}).")
    make_private(VAR)
    install_missing({**TO_RUN, **TO_TEST} if development else TO_RUN)
    create_environment()
    install_locked([LOCK, DEVELOPMENT_LOCK] if development else [LOCK])
    if development:
        once(VAR / "stamps" / "oldest-pip", digest([OLDEST_PIP]), fetch_oldest_pip, products=[OLDEST_PIP_FOLDER])
    build()
    if database:
        require(PYTHON, "-m", "ops.database")


if __name__ == "__main__":
    chosen = arguments()
    try:
        set_up(development=chosen.development, database=not chosen.no_database)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
