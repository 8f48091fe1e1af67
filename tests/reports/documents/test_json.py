"""Hold the JSON which other systems rely on."""

import io
import json

import pytest

from reports.documents import render_json
from tests.reports.documents.fakes import snapshot

PROMISED = {"kind", "period", "edition", "frozen_at", "system", "districts", "libraries"}

pytestmark = pytest.mark.clause("6.2.1 j")


def write(facts):
    out = io.BytesIO()
    render_json(facts, out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["annual", "monthly"])
def test_it_holds_the_promised_keys_with_the_frozen_figures(kind):
    facts = snapshot(kind, 40)
    report = json.loads(write(facts))
    assert {key: report[key] for key in PROMISED} == {key: facts[key] for key in PROMISED}
    assert {"value", "complete", "expected", "reported", "late", "missing"} <= set(report["system"]["V01"])
    assert set(report["libraries"]["FS001"]["V01"]) >= {"value", "status"}


def test_it_says_whether_it_is_provisional_and_of_which_figures_it_is_made():
    facts = snapshot("monthly", 10, provisional=True)
    report = json.loads(write(facts))
    assert (report["provisional"], report["hash"]) == (True, facts["hash"])
    assert [report[key] for key in ("missing", "excluded", "notes")] == [
        facts[key] for key in ("missing", "excluded", "notes")
    ]


def test_the_same_snapshot_gives_the_same_bytes_in_whatever_order_its_keys_stand():
    facts = snapshot("annual", 20)
    assert write(dict(reversed(facts.items()))) == write(facts)


def test_chinese_stays_readable(tmp_path):
    facts = snapshot("annual", 10)
    render_json(facts, tmp_path / "report.json")
    assert "佛山市图书馆" in (tmp_path / "report.json").read_text(encoding="utf-8")
