"""Time the annual PDF for 350 and 3,500 libraries."""

import io

from bench.stage import seconds
from reports.documents.pdf import render_pdf
from tests.reports.documents.fakes import snapshot

SIZES = (350, 3_500)


def run():
    """Yield the time per library; it may grow by at most 20 %."""
    render_pdf(snapshot("annual", 30), io.BytesIO())
    each = {}
    for size in SIZES:
        frozen = snapshot("annual", size)
        each[size] = seconds(lambda frozen=frozen: render_pdf(frozen, io.BytesIO()), times=1) / size
        yield f"annual PDF of {size:,} libraries: {each[size] * size:.1f} s, {each[size] * 1000:.1f} ms a library"
    small, large = SIZES
    yield f"time per library, {large:,} against {small:,}: ratio {each[large] / each[small]:.2f} (may be 1.20)"
