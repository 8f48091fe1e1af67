"""Bring the database up to date: migrations, the office's defaults, and the demo where there is no library yet."""

import os
from io import StringIO

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ops.places import VAR, make_private, say


def migrate():
    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if steps:
        say("Setting up the database")
        call_command("migrate", verbosity=0, interactive=False)


def load_demo():
    """Build the demo, in the size which DEMO_LIBRARIES and DEMO_MONTHS ask for; DEMO=0 leaves it out."""
    if os.environ.get("DEMO") == "0" or apps.get_model("members", "Library").objects.exists():
        return
    say("Building the demo: invented libraries, people and figures")
    sizes = {"libraries": os.environ.get("DEMO_LIBRARIES"), "months": os.environ.get("DEMO_MONTHS")}
    call_command("load_demo", **{name: int(size) for name, size in sizes.items() if size})


if __name__ == "__main__":
    make_private(VAR)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fsul_portal.settings")
    django.setup()
    migrate()
    call_command("load_defaults", verbosity=0, stdout=StringIO())
    load_demo()
