"""Count the queries and time the pages with 350 and 35,000 libraries."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.stage import seconds, set_up
from ops.limits import Ratio, ratio

SIZES = (350, 35_000)
# A page shows one screenful, however many there are: not one query more.
QUERIES = 1.0
PAGES = {"dashboard": "/", "library list": "/members/", "library list, searched": "/members/?q=PT000010"}


def run() -> Iterator[Ratio]:
    found = {}
    for size in SIZES:
        client = Client(SERVER_NAME="localhost")
        client.force_login(set_up(size)["office"], backend="django.contrib.auth.backends.ModelBackend")
        for name, path in PAGES.items():
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            found[name, size] = len(captured), seconds(lambda path=path, client=client: client.get(path), times=5)
    small, large = SIZES
    for name in PAGES:
        (few, quick), (many, slow) = found[name, small], found[name, large]
        yield ratio(
            f"queries of the {name}, {large:,} libraries against {small:,}",
            f"{many} against {few}, {slow * 1000:.0f} ms against {quick * 1000:.0f} ms",
            many / few,
            QUERIES,
        )
