"""Print what each page of a duty costs on the stage with one of each thing: `page: queries`, a line each."""

import os
import sys

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment

# What people open every day: the lists, one thing of each, and the pages that gather them.
DAILY = ("list", "detail", "dashboard", "conformity", "roles")
READERS = ("office", "nanhai", "admin")


def daily_pages(doors):
    return [door for door in doors if not door.startswith("admin:") and door.endswith(DAILY)]


def queries_of(client, path):
    """Return what the page costs somebody who has been there before, or None where he may not be."""
    if client.get(path).status_code != 200:
        return None
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def measured():
    """Yield (page, queries): each page as the first of the readers sees it who may."""
    from tests import permission_table
    from tests.conftest import set_stage

    cast = set_stage()
    things = permission_table.set_table(cast)
    clients = permission_table.clients_of(cast)
    for page in daily_pages(permission_table.doors()):
        path = permission_table.address(page, things)
        costs = (queries_of(clients[reader], path) for reader in READERS)
        cost = next((cost for cost in costs if cost is not None), None)
        if cost is None:
            sys.exit(f"None of {', '.join(READERS)} may open {page}.")
        yield page, cost


if __name__ == "__main__":
    os.environ["LOG_LEVEL"] = "ERROR"
    django.setup()
    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)
    for page, cost in measured():
        print(f"{page}: {cost}")
