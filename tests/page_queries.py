"""Print what each page of the portal costs on the stage with one of each thing: `page: queries`, a line each."""

import os
import sys

import django
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment
from django.utils import timezone

from tests.responses import put_away

READERS = ("office", "nanhai", "admin", "nanhai-reviewer", "coordination-lead", "branch")
# The page of an act that cannot be done now is drawn like the one that asks.
SHOWN = (200, 409)
# Doors that show no page on this stage: they lead elsewhere, answer a search, or need the step before.
NO_PAGE = {
    "api:definitions",
    "api:districts",
    "api:divisions",
    "api:edition",
    "api:editions",
    "api:figures",
    "api:libraries",
    "check-code",
    "committee:addendum-sign",
    "committee:decision-vote",
    "committee:meeting-calendar",
    "committee:meeting-feed",
    "committee:meeting-minutes-confirm",
    "committee:meeting-minutes-sign",
    "committee:project-accept",
    "committee:project-decide",
    "committee:project-end",
    "committee:meeting-reply-signed",
    "committee:proposal-withdraw",
    "indicators:population-import-preview",
    "indicators:population-import-problems",
    "login",
    "members:import-preview",
    "members:import-problems",
    "reports:edition-download",
    "reports:report-check-code",
    "returns:export-import-preview",
    "returns:export-import-problems",
    "returns:return-import-preview",
    "returns:return-import-problems",
    "returns:return-template",
    "set_language",
}


def queries_of(client, path):
    """Return what the page costs somebody who has been there before, or None where none is shown."""
    # Both visits at one moment: a session writes down once a minute when it was last seen.
    with time_machine.travel(timezone.now(), tick=False):
        if put_away(client.get(path)).status_code not in SHOWN:
            return None
        with CaptureQueriesContext(connection) as queries:
            put_away(client.get(path))
    return len(queries)


def is_for_posts(clients, path):
    return any(put_away(client.get(path)).status_code == 405 for client in clients)


def costs_of(every, things):
    """Yield (page, queries) for every page, of the reader whom it costs most; None where none is shown.

    Addresses that only take what a form sends are no pages.
    """
    from tests import permission_table

    clients = [every[reader] for reader in READERS]
    for page in permission_table.doors():
        path = permission_table.address(page, things)
        costs = [cost for client in clients if (cost := queries_of(client, path)) is not None]
        if costs:
            yield page, max(costs)
        elif not is_for_posts(clients, path):
            yield page, None


def measured():
    """Yield (page, queries) for every page, on a stage of its own."""
    from tests import permission_table
    from tests.conftest import set_stage

    cast = set_stage()
    things = permission_table.set_table(cast)
    for page, cost in costs_of(permission_table.clients_of(cast), things):
        if cost is not None:
            yield page, cost
        elif page not in NO_PAGE:
            sys.exit(f"None of {', '.join(READERS)} is shown {page}.")


if __name__ == "__main__":
    os.environ["LOG_LEVEL"] = "ERROR"
    # Every door is knocked at from one address, as in the settings of the tests.
    os.environ["API_REQUESTS_A_MINUTE"] = os.environ["CHECKS_A_MINUTE"] = "1000000"
    django.setup()
    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)
    for page, cost in measured():
        print(f"{page}: {cost}")
