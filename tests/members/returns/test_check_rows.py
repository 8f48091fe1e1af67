"""Keep checks as rows: from a month on, tried on months that are over, and the same as before at first (6.2.1 j)."""

import pytest
from django.core.exceptions import PermissionDenied

from fsul_portal.records.models import Record
from members.indicators.versions.models import DictionaryVersion
from members.periods.models import period_named
from members.returns import actions
from members.returns.checks import Case, Checks, check, standard
from members.returns.checks.keeping.actions import keep_check, load_first_checks
from members.returns.checks.keeping.trials import tried
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import first_rows
from members.returns.due.expected import Standing
from tests.members.returns.figures import CODES, sound

OPEN = Standing(belongs=True, serving=True, is_open=True, interrupted=False)


@pytest.fixture
def office(person):
    return person("office")


@pytest.fixture
def rows(cast):
    load_first_checks()
    return {row.slot: row for row in CheckRow.objects.all()}


def fewer(since="2026-03", **changes):
    """Return the check of few days with other wishes."""
    wishes = {"kind": CheckRow.Kind.FEW_DAYS, "codes": ["N05"], "limit": 27} | changes
    return CheckRow(slot="few-days", since=since, **wishes)


def by_kind(row):
    return str(row.kind), row.codes


def found(month, **figures):
    case = Case(sound(**figures), 31, OPEN, rows=Checks(set(CODES)).at(month))
    return [(finding.rule, finding.code, finding.blocks) for finding in check(case)]


def test_the_first_rows_are_the_checks_of_the_settings(rows):
    assert set(rows) == set(first_rows())
    assert load_first_checks() == 0
    kept = Checks(set(CODES)).at("2026-02")
    assert sorted(kept, key=by_kind) == sorted(standard(), key=by_kind)
    assert [row.kind for row in kept] == [row.kind for row in standard()]


def test_a_portal_that_runs_gets_what_a_release_brings_from_the_next_month_on_and_keeps_what_the_office_has_set(
    rows, office
):
    """The checks as an older release left them; the limit of first figures is the office's own."""
    CheckRow.objects.filter(slot="usual").delete()
    CheckRow.objects.filter(slot="swing").update(months=None)
    CheckRow.objects.filter(slot="first").update(limit=8)
    assert load_first_checks() == 2
    fresh = CheckRow.objects.filter(since="2026-04").order_by("slot")
    assert [(row.slot, row.months) for row in fresh] == [("swing", 6), ("usual", 6)]
    assert [row.months for row in Checks(set(CODES)).at("2026-03") if row.kind == CheckRow.Kind.SWING] == [0]
    assert DictionaryVersion.objects.first().content["checks"]["usual 2026-04"]["share"] == 0.1
    assert load_first_checks() == 0


@pytest.mark.clause("6.2.1 j")
def test_a_check_counts_from_its_month_on_and_no_month_before_is_judged_again(rows, office, submitted):
    one = submitted(N05=26)
    keep_check(fewer(), by=office)
    assert found("2026-02", N05=26) == []
    assert found("2026-03", N05=26) == [("few_days", "N05", False)]
    assert actions.findings_of(one) == []
    assert CheckRow.objects.filter(slot="few-days").count() == 2


def test_what_asked_may_block_and_what_blocked_may_ask_or_be_switched_off(rows, office):
    keep_check(fewer(blocks=True), by=office)
    assert found("2026-03", N05=26) == [("few_days", "N05", True)]
    part = CheckRow(slot="part-l02", kind=CheckRow.Kind.PART, codes=["L02", "L01"], since="2026-03")
    keep_check(part, by=office)
    assert found("2026-03", N05=27, L02=568, L01=567) == [("part", "L02", False)]
    part.is_on = False
    keep_check(part, by=office)
    assert found("2026-03", N05=27, L02=568, L01=567) == []
    assert found("2026-02", L02=568, L01=567) == [("part", "L02", True)]


def test_a_check_is_kept_on_record_and_in_a_version_of_the_dictionary(rows, office):
    one = keep_check(fewer(), by=office)
    record = Record.objects.of(one).get()
    assert (record.verb, record.by, record.changes()) == ("check set", office, [("limit", 20.0, 27)])
    newest = DictionaryVersion.objects.first()
    assert (newest.since, newest.content["checks"]["few-days 2026-03"]["limit"]) == ("2026-03", 27)
    assert keep_check(fewer(), by=office) == one
    assert DictionaryVersion.objects.first() == newest


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (fewer("2026-02"), "have been judged already"),
        (fewer(limit=None), "needs a limit"),
        (fewer(kind=CheckRow.Kind.RATIO), "needs other indicators: 2 at least, 2 at most"),
        (fewer(codes=[]), "needs other indicators: 1 at least"),
    ],
)
def test_a_check_that_cannot_work_or_comes_too_late_is_refused_with_a_sentence(rows, office, row, why):
    with pytest.raises(PermissionDenied, match=why):
        keep_check(row, by=office)


def test_only_the_keeper_of_the_dictionary_keeps_checks(rows, person):
    with pytest.raises(PermissionDenied, match="Only those who keep the dictionary"):
        keep_check(fewer(), by=person("nanhai"))


@pytest.mark.clause("6.2.1 j")
def test_a_check_is_tried_on_a_month_that_is_over_and_nothing_is_kept_by_that(rows, submitted):
    submitted("NH003", N05=26)
    submitted("NH002", N05=28)
    trial = tried(fewer(), period_named("2026-02"))
    assert (trial.looked_at, [each.one.library.code for each in trial.asked]) == (2, ["NH003"])
    assert [finding.code for finding in trial.asked[0].findings] == ["N05"]
    assert CheckRow.objects.filter(slot="few-days").count() == 1


def test_a_trial_costs_the_same_for_one_library_and_for_many(rows, submitted, django_assert_num_queries):
    submitted("NH003", N05=26)
    with django_assert_num_queries(8):
        tried(fewer(), period_named("2026-02"))
    submitted("NH002", N05=26)
    submitted("NH004", N05=26)
    with django_assert_num_queries(8):
        assert len(tried(fewer(), period_named("2026-02")).asked) == 3


def test_the_office_tries_a_check_on_its_page_and_then_lets_it_count(rows, submitted, signed_in):
    submitted("NH003", N05=26)
    client = signed_in("office")
    sent = {"codes": "n05", "limit": "27", "is_on": "on", "since": "2026-03", "month": "2026-02"}
    page = client.post("/reports/checks/few-days/", sent | {"step": "try"}, headers={"accept-language": "en"})
    assert (len(page.context["trial"].asked), CheckRow.objects.filter(slot="few-days").count()) == (1, 1)
    assert client.post("/reports/checks/few-days/", sent | {"step": "keep"}).status_code == 302
    assert found("2026-03", N05=26) == [("few_days", "N05", False)]
    page = client.post("/reports/checks/few-days/", sent | {"codes": "Q99", "step": "keep"})
    assert page.context["form"].errors == {"codes": ["The dictionary knows no Q99."]}
    assert client.get("/reports/checks/nothing/").status_code == 404


def test_a_new_check_looks_at_figures_that_no_check_has_looked_at(rows, signed_in):
    sent = {"kind": "ratio", "codes": "R01, V01", "limit": "0.5", "is_on": "on", "since": "2026-03", "step": "keep"}
    assert signed_in("office").post("/reports/checks/new/", sent).status_code == 302
    assert found("2026-03", R01=618, V01=1234, R04=809) == [("ratio", "R01", False)]


def test_everybody_reads_what_is_checked(rows, signed_in):
    page = signed_in("observer").get("/reports/checks/")
    assert len(page.context["checks"]) == len(rows)
    assert signed_in("observer").get("/reports/checks/new/").status_code == 403
