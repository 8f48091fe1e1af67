"""Take exports of the library system in: said once what its columns mean, then month after month (6.2.1 j)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from fsul_portal.intake.actions import read, take_in
from fsul_portal.intake.kinds import kind_named
from fsul_portal.records.models import Record
from members.returns import actions
from members.returns.models import Return
from members.returns.sources.actions import keep_source
from members.returns.sources.models import ExportSource
from tests.members.returns.figures import SOUND, sound

State = Return.State
FILE = """序号,馆藏地点,外借册次,归还册次,新办证
1,南海桂城,300,280,7
2,NH002,90,80,2
3,南海桂城,267,280,5
4,火星,1,1,1
合计,,658,641,15
"""


@pytest.fixture
def source(cast, person):
    """Keep what the export of the loans means, the library by a name of its own."""
    return keep_source(
        ExportSource(
            name="流通统计",
            library_heading="馆藏地点",
            headings={"L01": "外借册次", "L04": "归还册次", "R01": "新办证"},
            codes={"南海桂城": "NH003"},
            skipped=["合计"],
        ),
        by=person("office"),
    )


@pytest.fixture
def send(source):
    """Read a file as the export says, and take it in: `send(FILE, partial=True)`; returns the plan."""

    def take(text=FILE, by=None, **options):
        kind = kind_named("exports")
        sheet = read(kind, text.encode(), name="2026-02.csv")
        wishes = {"source": source.pk, "period": "2026-02", "partial": True} | options
        return take_in(kind, sheet, by=by, note="2026-02.csv", **wishes)

    return take


def told(plan):
    return [(one.row, one.column, one.sentence) for one in plan.problems]


@pytest.mark.clause("6.2.1 j")
def test_rows_of_one_library_are_added_up_and_become_a_draft_that_names_the_export(send, stored, person):
    plan = send(by=person("office"))
    assert plan.counts() == {"created": 2, "updated": 0, "unchanged": 0, "refused": 1}
    one = stored("NH003")
    assert (one.state, one.figures) == (State.DRAFT, {"L01": 567, "L04": 560, "R01": 12})
    assert (one.origin_of("L01"), one.origin_of("V01")) == ("流通统计", "")
    record = Record.objects.of(one).get()
    assert (record.verb, record.note, record.by) == ("imported", "流通统计: 2026-02.csv", person("office"))
    assert one.source == "流通统计: 2026-02.csv"


def test_codes_that_nobody_knows_are_listed_and_totals_are_skipped(send):
    plan = send(dry_run=True)
    assert told(plan) == [(5, "馆藏地点", "There is no library with the code 火星.")]
    assert plan.remarks == [
        "Codes that are not known here: 火星. The office says whose they are: 流通统计.",
        "1 rows are no library and are skipped.",
        "4 rows become 3, one for each library and month.",
        "These columns are not read: 序号.",
    ]
    assert Return.objects.count() == 0


@pytest.mark.clause("6.2.1 j")
def test_the_same_file_changes_nothing_the_second_time(send, stored):
    send()
    version = stored("NH003").version
    plan = send()
    assert (plan.counts()["unchanged"], plan.counts()["updated"]) == (2, 0)
    assert (stored("NH003").version, Record.objects.of(stored("NH003")).count()) == (version, 1)


@pytest.mark.parametrize("state", ["accepted", "submitted"])
def test_what_was_handed_in_is_never_written_over(send, stored, request, state):
    request.getfixturevalue(state)("NH003", L01=500, L02=100)
    plan = send()
    assert [problem[:2] for problem in told(plan)] == [(2, "馆藏地点"), (5, "馆藏地点")]
    assert "has been handed in already" in told(plan)[0][2]
    assert (stored("NH003").figures, stored("NH002").figures["L01"]) == (sound(L01=500, L02=100), 90)


def test_what_a_library_has_typed_beside_stays_and_a_figure_typed_over_names_no_export_any_more(
    send, stored, draft, person
):
    draft("NH003", L01=None, L02=None, L04=None, R01=None, V01=1234)
    send()
    one = stored("NH003")
    assert one.figures == {code: SOUND[code] for code in SOUND if code != "L02"}
    actions.save_draft(one.library, one.period, one.figures | {"L01": 600}, {}, by=person("nanhai"))
    assert (stored("NH003").origin_of("L01"), stored("NH003").origin_of("L04")) == ("", "流通统计")


def test_a_figure_beside_that_no_longer_fits_is_told_and_keeps_no_export_out(send, stored, draft):
    draft("NH003", L01=900, L02=600, L04=560, R01=12)
    plan = send()
    assert stored("NH003").figures["L01"] == 567
    sentences = [one.sentence for one in plan.questions if one.row == 2]
    assert any(
        each.endswith("cannot be more than “Loans” (567). Correct L02 before the return is handed in.")
        for each in sentences
    )


def test_figures_of_an_export_that_cannot_be_true_together_are_refused(send, source, person):
    source.headings = source.headings | {"L02": "少儿"}
    keep_source(source, by=person("office"))
    plan = send("馆藏地点,外借册次,少儿\nNH002,5,6\n")
    assert [one[:2] for one in told(plan)] == [(2, "少儿")]


@pytest.mark.parametrize(("several", "loans"), [("last", 267), ("refused", 300)])
def test_the_office_says_what_several_rows_of_a_library_mean(send, source, stored, person, several, loans):
    source.several = several
    keep_source(source, by=person("office"))
    plan = send()
    assert stored("NH003").figures["L01"] == loans
    assert ((4, "馆藏地点", "This library and period stand in row 2 already.") in told(plan)) is (several == "refused")


def test_a_cell_that_is_no_number_keeps_its_library_out_and_is_named(send, stored):
    plan = send(FILE.replace("267", "1.2万"))
    assert [problem[:2] for problem in told(plan)] == [(4, "外借册次"), (5, "馆藏地点")]
    assert [one.library.code for one in Return.objects.all()] == ["NH002"]


def test_a_column_of_the_month_counts_before_what_is_said_with_the_file(send, source, stored, person):
    source.period_heading = "月份"
    keep_source(source, by=person("office"))
    send("馆藏地点,月份,外借册次\nNH002,2026年1月,5\n")
    assert stored("NH002", "2026-01").figures == {"L01": 5}


def test_editors_send_what_is_in_their_hands_and_only_the_office_says_what_columns_mean(send, source, person):
    plan = send(by=person("nanhai"))
    assert plan.counts()["created"] == 2
    plan = send("馆藏地点,外借册次\nSD001,5\n", by=person("nanhai"))
    assert "is not in your hands" in told(plan)[0][2]
    with pytest.raises(PermissionDenied, match="Only the coordination office says how an export is read"):
        keep_source(source, by=person("nanhai"))


def test_what_is_kept_of_an_export_is_on_record_and_a_name_is_given_once(source, person):
    source.codes = source.codes | {"西樵": "NH002"}
    keep_source(source, by=person("office"))
    keep_source(source, by=person("office"))
    assert [one.verb for one in Record.objects.of(source)] == ["source set", "source set"]
    with pytest.raises(PermissionDenied, match="There is an export of this name already"):
        keep_source(ExportSource(name="流通统计", library_heading="代码", headings={"L01": "借"}), by=person("office"))


FORM = {
    "name": "办证统计",
    "library_heading": "馆藏地点",
    "heading_L01": "外借册次",
    "several": "sum",
    "skipped": "合计",
    "codes": "南海桂城 = nh003\n火星 = NH002",
    "is_used": "on",
    "month": "2026-02",
}


@pytest.mark.clause("6.2.1 j")
def test_the_office_tries_on_a_file_what_it_has_said_and_then_keeps_it(as_person, cast):
    office, file = as_person("office"), SimpleUploadedFile("loans.csv", FILE.encode())
    page = office.post("/reports/sources/new/", FORM | {"step": "try", "file": file})
    trial = page.context["trial"]
    assert (trial["counts"]["created"], trial["problems"]) == (2, [])
    assert [change[:2] for change in trial["changes"]] == [[2, "NH003"], [3, "NH002"]]
    assert (ExportSource.objects.count(), Return.objects.count()) == (0, 0)
    assert office.post("/reports/sources/new/", FORM | {"step": "keep"}).status_code == 302
    one = ExportSource.objects.get()
    assert (one.headings, one.codes) == ({"L01": "外借册次"}, {"南海桂城": "NH003", "火星": "NH002"})
    assert "外借册次" in office.get("/reports/sources/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"codes": "南海桂城 = XX999"}, "codes", "“南海桂城 = XX999” names no library that there is."),
        ({"codes": "南海桂城"}, "codes", "“南海桂城” names no library that there is."),
        ({"heading_L01": ""}, "__all__", "Say of one column at least which indicator it is."),
        ({"heading_L01": "馆藏地点 "}, "__all__", "No column means two things."),
    ],
)
def test_what_cannot_be_read_so_is_refused_with_a_sentence(as_person, cast, wrong, field, sentence):
    page = as_person("office").post("/reports/sources/new/", FORM | wrong | {"step": "keep"})
    assert page.context["form"].errors[field] == [sentence]


def test_a_file_that_has_none_of_the_columns_is_refused_on_the_page(as_person, cast):
    file = SimpleUploadedFile("loans.csv", b"a,b\n1,2\n")
    page = as_person("office").post("/reports/sources/new/", FORM | {"step": "try", "file": file})
    assert "lacks the columns" in page.context["form"].errors["file"][0]


def test_an_export_is_looked_at_on_its_page_and_confirmed(as_person, source, stored):
    client = as_person("nanhai")
    sent = {
        "source": source.pk,
        "period": "2026-02",
        "partial": "on",
        "file": SimpleUploadedFile("a.csv", FILE.encode()),
    }
    answer = client.post("/reports/returns/exports/", sent)
    page = client.get(answer.url)
    assert page.context["counts"] == {"created": 2, "updated": 0, "unchanged": 0, "refused": 1}
    assert Return.objects.count() == 0
    assert client.post(answer.url, {"digest": page.context["outcome"]["digest"]}).status_code == 302
    page = client.get(stored("NH003").get_absolute_url())
    assert "from 流通统计" in page.content.decode()


def test_everybody_reads_how_exports_are_read_and_only_who_imports_is_led_there(as_person, source):
    for username, led in (("nanhai", True), ("observer", False)):
        page = as_person(username).get("/reports/sources/").content.decode()
        assert ("流通统计" in page, "/reports/returns/exports/" in page) == (True, led)


@pytest.fixture
def run(source, tmp_path, capsys):
    """Run the command on a file; return the exit status, the lines told and the lines of refusals."""

    def call(*options, text=FILE):
        (tmp_path / "export.csv").write_text(text, "utf-8")
        status = 0
        try:
            call_command("import_exports", tmp_path / "export.csv", *options)
        except SystemExit as end:
            status = end.code
        told = capsys.readouterr()
        return status, told.out.splitlines(), told.err.splitlines()

    return call


@pytest.mark.clause("6.2.1 j")
def test_the_command_takes_an_export_in_as_the_page_does(run, stored):
    status, told, refused = run("--source", "流通统计", "--period", "2026-02", "--partial")
    assert (status, told[-1]) == (1, "2 created, 0 updated, 0 unchanged, 1 refused")
    assert refused[-1] == "row 5, column 馆藏地点: There is no library with the code 火星."
    assert (stored("NH003").state, stored("NH003").figures["L01"]) == (State.DRAFT, 567)
    sound_rows = FILE.replace("4,火星,1,1,1\n", "")
    again = run("--source", "流通统计", "--period", "2026-02", text=sound_rows)
    assert again[:2] == (0, ["0 created, 0 updated, 2 unchanged, 0 refused"])


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--source", "办证统计", "--period", "2026-02"), "There is no export called 办证统计; known: 流通统计."),
        (("--source", "流通统计"), "No column of 流通统计 says the month"),
        (("--source", "流通统计", "--period", "2026"), "2026 is no month"),
        (("--source", "流通统计", "--period", "2026-13"), "2026-13 is no month"),
    ],
)
def test_the_command_says_what_it_does_not_know(run, options, why):
    with pytest.raises(CommandError, match=why):
        run(*options)
    assert Return.objects.count() == 0
