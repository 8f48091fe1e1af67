"""Keep the small demo of this version for the upgrade tests of later ones: `make dump`."""

import json
import os
import tomllib
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection

from ops.dumps import dump
from ops.places import ROOT, say, stop
from ops.within import git

FOLDER = Path(__file__).parent
DEMO = {"libraries": 30, "months": 6, "seed": 7}


def version() -> str:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def build_demo() -> None:
    from reports.editions.actions import freeze_edition
    from tests.upgrades.facts import newest_locked_month

    say("Building the small demo")
    call_command("migrate", verbosity=0)
    call_command("load_demo", **DEMO)
    month = newest_locked_month()
    for kind, code in (("monthly", month), ("annual", month[:4])):
        freeze_edition(kind, code)


def facts() -> dict[str, object]:
    from members.people.models import User
    from tests.upgrades.facts import counts, editions, newest_locked_month, totals

    month = newest_locked_month()
    people = list(User.objects.filter(is_active=True).order_by("username").values_list("username", flat=True))
    return {"counts": counts(), "editions": editions(), "month": month, "totals": totals(month), "people": people}


def main() -> None:
    file = FOLDER / f"{version()}.sql.gz"
    if git("tag", "--list", f"v{version()}"):
        stop(f"{version()} is out, and its dump stays as it is; the next version stands in pyproject.toml first.")
    build_demo()
    dump(connection.settings_dict, file)
    words = json.dumps(facts(), ensure_ascii=False, indent=1)
    file.with_name(f"{version()}.json").write_text(words + "\n", "utf-8")
    say(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1024:,.0f} KB")


if __name__ == "__main__":
    # The dump is public: its people have the password that everybody knows, whatever this machine is told.
    os.environ.pop("DEMO_PASSWORD", None)
    django.setup()
    main()
