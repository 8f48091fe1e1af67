"""Let twelve months go from entry over chasing, acceptance, lock and correction to a published annual report (6.1 d).

Nine months come as a file of the office, one as the workbook of a district, one in its sheet after it was chased, one
in the forms of libraries; each of them in a browser, in Chinese, by whoever does it in the office.
"""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from fsul_portal.runs.models import Run
from fsul_portal.sheets import write_csv
from members.indicators.models import Indicator
from members.periods.models import Period
from members.returns.models import Return
from reports.corrections.models import Correction
from reports.demo.cast import LIBRARIES
from reports.editions.models import Edition
from tests.browser.test_sheet import paste_rows, wait_for_rows
from tests.browser.test_story_of_a_year import act_on, confirm, press, see_the_end_of, write_what_waits
from tests.members.returns.figures import SOUND, sound

pytestmark = [pytest.mark.clause("6.2.1 j"), pytest.mark.clause("6.1 d")]
YEAR = timezone.localdate().year - 1
MONTHS = [f"{YEAR}-{number:02}" for number in range(1, 13)]
OCTOBER, NOVEMBER, DECEMBER = MONTHS[9:]
CODES = [one.code for one in LIBRARIES]
NANHAI = [code for code in CODES if code.startswith("NH")]
OTHERS = [code for code in CODES if code not in NANHAI]
# The figures of a sound return, with cards that balance; each month has a little more than the one before.
GROWING = ("V01", "L01", "E02")
FIGURES = sound(R03=SOUND["R01"])
RIGHT = 2600


def figures(month):
    """Return what every library reports for a month."""
    more = MONTHS.index(month)
    return {code: value + more if code in GROWING else value for code, value in FIGURES.items()}


def line_of(code, month):
    return [code, month, *figures(month).values()]


def upload(page, name, content, *, accepted):
    """Send a file of returns, look at what it would do, and let it go in."""
    page.goto("/reports/returns/import/")
    page.set_input_files("main [name=file]", {"name": name, "mimeType": "text/csv", "buffer": content})
    if accepted:
        page.check("main [name=state][value=accepted]")
    page.click("main form:has([name=file]) button[type=submit]")
    page.wait_for_url("**/reports/returns/import/*/")
    told = page.text_content("main")
    confirm(page)
    return told


def import_what_others_report(office):
    """Take in nine months of all libraries, and three of those that lie outside of 南海."""
    lines = [line_of(code, month) for month in MONTHS[:9] for code in CODES]
    lines += [line_of(code, month) for month in MONTHS[9:] for code in OTHERS]
    upload(office, "前九个月.csv", write_csv(["library_code", "period", *FIGURES], lines), accepted=True)
    assert Return.objects.accepted().count() == 9 * len(CODES) + 3 * len(OTHERS)


def fetch_the_workbook(editor, month):
    """Fetch the workbook of a district for a month, as the page of the import hands it out."""
    editor.goto("/reports/returns/import/")
    form = "main form[action='/reports/returns/template/']"
    editor.select_option(f"{form} [name=period]", month)
    with editor.expect_download() as coming:
        editor.click(f"{form} button[type=submit]")
    return load_workbook(io.BytesIO(coming.value.path().read_bytes()))


def send_the_workbook(editor):
    """Fill in the workbook of October and send it: the page says before it goes in that it hands in, not accepts."""
    book = fetch_the_workbook(editor, OCTOBER)
    sheet, codes = book.worksheets[0], {one.name: one.code for one in Indicator.objects.in_use()}
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_col=1) if row[0].value]
    assert [code for [code] in found] == NANHAI
    for cell in sheet[1]:
        code = codes.get(cell.value)
        for row in range(2, 2 + len(NANHAI)):
            if code in FIGURES:
                sheet.cell(row, cell.column, figures(OCTOBER)[code])
    out = io.BytesIO()
    book.save(out)
    told = upload(editor, "十月.xlsx", out.getvalue(), accepted=False)
    assert told.count(f"确认后，{len(NANHAI)} 份填报表提交，由区总馆审核。") == 1
    assert Return.objects.filter(period__code=OCTOBER, state=Return.State.SUBMITTED).count() == len(NANHAI)


def chase(office):
    """See for whom November waits, and chase it with one press."""
    office.goto(f"/reports/months/{NOVEMBER}/")
    office.click(f"main a[href='/reports/months/{NOVEMBER}/waits/']")
    waits = office.locator("#waits tbody tr").all_text_contents()
    assert [line.split()[1] for line in waits] == NANHAI
    office.click(f"main a[href='/reports/months/{NOVEMBER}/chase/440605/']")
    office.fill("main [name=note]", "请于今日报送")
    office.click("main form:has([name=note]) button[type=submit]")
    office.wait_for_url(f"**/reports/months/{NOVEMBER}/")


def fill_the_sheet(editor):
    """Open what one was chased for, and paste a block over the rows of the district; hand it in at once."""
    editor.goto("/notices/")
    assert editor.locator("main .files > li").filter(has_text="请于今日报送").count() == 1
    editor.goto(f"/reports/returns/sheet/{NOVEMBER}/")
    asked = editor.eval_on_selector_all("#sheet input[id^='NH001-']", "boxes => boxes.map((box) => box.name)")
    line = "\t".join(str(figures(NOVEMBER)[code]) for code in asked if code in FIGURES)
    assert paste_rows(editor, f"NH001-{asked[0]}", "\n".join([line] * len(NANHAI))) is True
    wait_for_rows(editor, "saved", *NANHAI)
    editor.click("main form.actions button")
    editor.click("main button[name=confirmed]")
    editor.wait_for_selector(".message.success")
    assert Return.objects.filter(period__code=NOVEMBER, state=Return.State.SUBMITTED).count() == len(NANHAI)


def fill_the_forms(editor, codes):
    """Fill in the form of each library for December, and hand it in."""
    for code in codes:
        editor.goto(f"/reports/returns/{code}/{DECEMBER}/edit/")
        asked = editor.eval_on_selector_all("main form input[data-cell]", "boxes => boxes.map((box) => box.name)")
        for name in asked:
            if name in FIGURES:
                editor.fill(f"[name={name}]", str(figures(DECEMBER)[name]))
        editor.click("main button[name=do][value=submit]")
        editor.wait_for_url("**/reports/returns/*/")


def accept_all(reviewer):
    """Accept what no check asks anything about, all at once."""
    reviewer.goto("/reports/returns/?tab=waiting")
    reviewer.click("main form[action='/reports/returns/accept/'] button[type=submit]")
    reviewer.click("main button[name=confirmed]")
    reviewer.wait_for_selector(".message.success")
    assert Return.objects.accepted().count() == len(MONTHS) * len(CODES)


def lock_all(office):
    for month in MONTHS:
        office.goto(f"/reports/months/{month}/lock/")
        office.click("main form:has([name=missing]) button[type=submit]")
        office.wait_for_url(f"**/reports/months/{month}/")
    assert Period.objects.filter(code__in=MONTHS, locked_at__isnull=False).count() == len(MONTHS)


def build_the_year(office):
    """Have the annual report built; return the address of its newest edition."""
    office.goto("/reports/")
    office.select_option("form[method=post] [name=kind]", "annual")
    office.select_option("form[method=post] [name=period]", str(YEAR))
    press(office, "/reports/editions/build/")
    see_the_end_of(office, Run.objects.filter(parameters__period=str(YEAR)).latest("pk"))
    return f"/{office.url.split('/', 3)[3]}"


def correct(editor, lead):
    """Write a slip for a figure of a locked month and hand it in; the lead sees which totals move, and agrees."""
    editor.goto("/reports/corrections/new/")
    editor.fill("main [name=library]", "NH002")
    editor.select_option("main [name=period]", NOVEMBER)
    editor.click("main form:has([name=library]) button[type=submit]")
    editor.fill("[name=V01]", str(RIGHT))
    editor.fill("[name=reason]", "门禁漏计三天，现据闸机记录更正")
    editor.click("main form:has([name=reason]) button[type=submit]")
    editor.wait_for_url("**/reports/corrections/*/")
    address = f"/{editor.url.split('/', 3)[3]}"
    act_on(editor, address, "submit")
    lead.goto(f"{address}agree/")
    assert lead.text_content("main").count("到馆人次") > 0
    act_on(lead, address, "agree")
    assert Correction.objects.get().state == Correction.State.IN_FORCE


def take_remarks(office, address):
    """Open the draft to remarks; nobody has any, and the day goes by."""
    office.goto(f"{address}consult/")
    office.fill("[name=until]", f"{timezone.localdate():%Y-%m-%d}")
    office.click("main form.form button[type=submit]")
    office.wait_for_url(f"**{address}")
    Edition.objects.update(consult_until=timezone.localdate() - timedelta(days=1))


def words_of(page, address):
    """Download the report as anybody does who reads what is published, and return its words."""
    page.goto(address)
    with page.expect_download() as coming:
        page.click("main a[href$='/report.pdf'] >> nth=0")
    text = "".join(one.extract_text() for one in PdfReader(coming.value.path()).pages)
    return "".join(text.split())


def test_twelve_months_become_a_published_report_of_which_every_figure_was_handed_in(seat, cast):
    office, editor, reviewer, lead = (
        seat(name) for name in ("office", "nanhai", "nanhai-reviewer", "coordination-lead")
    )
    import_what_others_report(office)
    send_the_workbook(editor)
    chase(office)
    fill_the_sheet(editor)
    fill_the_forms(seat("branch"), ["NH002"])
    fill_the_forms(editor, [code for code in NANHAI if code != "NH002"])
    accept_all(reviewer)
    lock_all(office)

    first = build_the_year(office)
    correct(editor, lead)
    address = build_the_year(office)
    editions = list(Edition.objects.filter(kind="annual").order_by("number"))
    assert [one.get_absolute_url() for one in editions] == [first, address]
    before = sum(figures(month)["V01"] for month in MONTHS) * len(CODES)
    after = before - figures(NOVEMBER)["V01"] + RIGHT
    assert [one.snapshot["system"]["V01"]["value"] for one in editions] == [before, after]

    take_remarks(office, address)
    for seated, act in ((office, "submit"), (lead, "agree"), (seat("chair"), "agree")):
        act_on(seated, address, act)
    write_what_waits()
    act_on(office, address, "publish")

    words = words_of(seat("observer"), address)
    told = (
        f"业务年报（{YEAR}年）版次第2版（修订）",
        "编制人何秘书审核人李统筹签发人梁主任",
        "数据更正表",
        f"{figures(NOVEMBER)['V01']:,}{RIGHT:,}门禁漏计三天",
        f"{after:,}",
    )
    assert [one for one in told if one not in words] == []
    assert words.count("送审稿") == 0
