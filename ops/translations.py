"""Check that the Chinese catalogue is complete and current with the sources, or bring it up to date."""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

from ops.places import PYTHON, ROOT, environment

CATALOG = Path("locale/zh_Hans/LC_MESSAGES/django.po")
DAY = re.compile(r'^"POT-Creation-Date: .*"$', re.MULTILINE)
LEFT_OUT = shutil.ignore_patterns(".*", "var", "__pycache__", "*.mo", "node_modules")
# Line numbers would change the catalogue with every edit of a source.
OPTIONS = [
    "-l",
    "zh_Hans",
    "--no-obsolete",
    "--no-wrap",
    "--add-location",
    "file",
    "--ignore",
    "var",
    "--ignore",
    "tests",
]


def make_messages(root):
    own = environment(DATABASE_URL="sqlite://:memory:")
    subprocess.run(
        [PYTHON, "manage.py", "makemessages", *OPTIONS], cwd=root, env=own, check=True, stdout=subprocess.DEVNULL
    )


def update(root):
    """Bring the catalogue up to date with the sources; it keeps its day, over which any two changes would quarrel."""
    day = DAY.search((root / CATALOG).read_text("utf-8"))
    make_messages(root)
    if day:
        written = (root / CATALOG).read_text("utf-8")
        (root / CATALOG).write_text(DAY.sub(lambda found: day[0], written, count=1), "utf-8")


def entries(path):
    """Return the messages of a catalogue by context and id."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file, locale="zh_Hans")
    return {(message.context, message.id): message for message in catalog if message.id}


def fresh_entries():
    """Return what the sources hold now, found in a copy so that the work tree stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "portal"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        make_messages(copy)
        return entries(copy / CATALOG)


def words(key):
    _, message = key
    return message[0] if isinstance(message, tuple) else message


def is_filled(message):
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings)


def complaints(kept, fresh):
    """Yield a line for each entry that is missing, obsolete, not translated or only guessed."""
    for key in sorted(fresh.keys() - kept.keys(), key=words):
        yield f"missing: {words(key)!r} ({', '.join(sorted({place for place, _ in fresh[key].locations}))})"
    for key in sorted(kept.keys() - fresh.keys(), key=words):
        yield f"obsolete: {words(key)!r}"
    for key in sorted(kept.keys() & fresh.keys(), key=words):
        if kept[key].fuzzy:
            yield f"fuzzy: {words(key)!r}"
        elif not is_filled(kept[key]):
            yield f"not translated: {words(key)!r}"


def check():
    found = list(complaints(entries(ROOT / CATALOG), fresh_entries()))
    for line in found:
        print(line)
    form = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", CATALOG], cwd=ROOT, check=False)
    if found:
        print(f"\n{len(found)} entries of {CATALOG} need care; `make messages` brings the list of entries up to date.")
    return 1 if found or form.returncode else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python3 -m ops.translations", description=__doc__)
    parser.add_argument("--update", action="store_true", help="write the catalogue instead of checking it")
    if parser.parse_args().update:
        update(ROOT)
        # Whoever has filled in a sentence sees it at once, in the portal and in the tests.
        sys.exit(
            subprocess.run(["msgfmt", "-o", CATALOG.with_suffix(".mo"), CATALOG], cwd=ROOT, check=False).returncode
        )
    sys.exit(check())
