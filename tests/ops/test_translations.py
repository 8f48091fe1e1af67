import re
import shutil

from babel.messages.catalog import Catalog

from ops.places import ROOT
from ops.translations import CATALOG, LEFT_OUT, complaints, entries, update

LONG_AGO = "2020-01-02 03:04+0800"


def catalog(**strings):
    """Return the entries of a catalogue: `catalog(Open="打开")`; a string in brackets is only a guess."""
    made = Catalog(locale="zh_Hans")
    for message, string in strings.items():
        flags = ["fuzzy"] if string.startswith("(") else []
        made.add(message, string.strip("()"), flags=flags, locations=[("pages.py", 1)])
    return {(message.context, message.id): message for message in made if message.id}


def test_a_complete_catalogue_has_no_complaints():
    assert list(complaints(catalog(Open="打开"), catalog(Open=""))) == []


def test_every_gap_is_told():
    kept = catalog(Open="", Close="(关闭)", Gone="没了")
    fresh = catalog(Open="", Close="", New="")
    assert list(complaints(kept, fresh)) == [
        "missing: 'New' (pages.py)",
        "obsolete: 'Gone'",
        "fuzzy: 'Close'",
        "not translated: 'Open'",
    ]


def test_a_catalogue_that_is_not_there_has_no_entries(tmp_path):
    assert entries(tmp_path / "django.po") == {}


def test_bringing_it_up_to_date_leaves_its_day_alone(tmp_path):
    """The day of the last change would contradict that of everybody else's."""
    folder = tmp_path / "portal"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    file = folder / CATALOG
    file.write_text(
        re.sub("POT-Creation-Date: .{21}", f"POT-Creation-Date: {LONG_AGO}", file.read_text("utf-8")), "utf-8"
    )
    update(folder)
    assert re.findall(r"POT-Creation-Date: (.{21})", file.read_text("utf-8")) == [LONG_AGO]
    assert entries(file).keys() == entries(ROOT / CATALOG).keys()
