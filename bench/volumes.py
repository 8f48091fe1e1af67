"""Bind a year of minutes in a process of its own; `python -m bench.volumes YEAR` prints seconds, MB, pages, MB."""

import io
import sys
import time

from bench.alone import peak_megabytes, start


def bind(year: int) -> tuple[float, bytes]:
    """Return how long it took, and the volume of the committee's minutes."""
    from committee.bodies.models import Body
    from committee.meetings.sittings.volumes import year_of_minutes

    started = time.perf_counter()
    content = year_of_minutes(Body.objects.committee(), year)
    return time.perf_counter() - started, content


def pages_of(content: bytes) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as volume:
        return len(volume.pages)


if __name__ == "__main__":
    start()
    taken, content = bind(int(sys.argv[1]))
    peak = peak_megabytes()
    print(f"{taken:.2f} {peak} {pages_of(content)} {len(content) / 1e6:.1f}")
