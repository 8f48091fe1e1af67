"""Time the search of the whole portal on 100,000 libraries, against the wait that nobody notices."""

from collections.abc import Iterator

from django.test import Client

from bench.stage import seconds, set_up
from ops.limits import Ratio, ratio

LIBRARIES = 100_000
# A person takes an answer within this for instant.
INSTANT = 0.100
WORDS = {
    "a code": "PT000010",
    "a town": "桂城",
    "first letters": "ncdszhz",
    "pinyin and a word": "nanhai 驿站",
    "nothing": "不存在",
}


def run() -> Iterator[Ratio]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(set_up(LIBRARIES)["office"], backend="django.contrib.auth.backends.ModelBackend")
    for name, text in WORDS.items():
        taken = seconds(lambda text=text: client.get("/search/", {"q": text}), times=9)
        yield ratio(
            f"search for {name}, {LIBRARIES:,} libraries, against 100 ms",
            f"{taken * 1000:.0f} ms",
            taken / INSTANT,
            1.0,
        )
