"""Time the annual PDF for 350 and 3,500 libraries."""

import io
from collections.abc import Iterator

from bench.stage import seconds
from ops.limits import Ratio, ratio
from reports.documents.pdf import render_pdf
from tests.reports.documents.fakes import snapshot

SIZES = (350, 3_500)
# A system ten times as large waits ten times as long; what grows faster will not end one day.
TIME_A_LIBRARY = 1.20


def run() -> Iterator[Ratio]:
    render_pdf(snapshot("annual", 30), io.BytesIO())
    of_one = {}
    for size in SIZES:
        frozen = snapshot("annual", size)
        of_one[size] = seconds(lambda frozen=frozen: render_pdf(frozen, io.BytesIO()), times=1) / size
    small, large = SIZES
    yield ratio(
        f"time a library of the annual PDF, {large:,} libraries against {small:,}",
        f"{1000 * of_one[large]:.1f} ms against {1000 * of_one[small]:.1f} ms ({large * of_one[large]:.1f} s in all)",
        of_one[large] / of_one[small],
        TIME_A_LIBRARY,
    )
