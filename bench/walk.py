"""Time every page until it is there, as everybody of a demo with 350 libraries, on a server with two workers."""

import secrets
import statistics
import time
from collections.abc import Iterator

from ops.audit.pages import Visitor
from ops.demo import running_demo
from ops.limits import Ratio, ratio
from reports.demo.cast import PEOPLE

LIBRARIES, MONTHS = 350, 14
MEDIAN_MS, SLOW_MS = 80, 200


def run() -> Iterator[Ratio]:
    password = secrets.token_urlsafe(16)
    with running_demo(password, libraries=LIBRARIES, months=MONTHS) as home:
        visitors = [Visitor(home, one.username, password) for one in PEOPLE]
        pages = [page for visitor in visitors for page in visitor.walk(time.perf_counter)]
    taken = [page.seconds * 1000 for page in pages]
    slow = statistics.quantiles(taken, n=20)[-1]
    walked = f"{len(pages)} pages as {len(PEOPLE)} people"
    for name, found, limit in (("median", statistics.median(taken), MEDIAN_MS), ("95 of 100", slow, SLOW_MS)):
        yield ratio(f"time to a page, {name}, against {limit} ms", f"{found:.0f} ms, {walked}", found / limit, 1.0)
