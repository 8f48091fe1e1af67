"""Let a month of returns come in, be accepted and locked, and a year of them become a report that is downloaded."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone

from fsul_portal.runs.models import Run
from fsul_portal.sheets import Column, Table, write_csv, write_xlsx
from members.months.actions import lock
from members.returns.intake.actions import import_returns
from members.returns.models import Return
from reports.demo.cast import LIBRARIES
from reports.editions.models import WRITE_TASK, Edition
from reports.editions.tasks import build_edition, write_edition

LAST_YEAR = timezone.localdate().year - 1
DECEMBER = f"{LAST_YEAR}-12"
MONTHS_BEFORE = [f"{LAST_YEAR}-{number:02}" for number in range(1, 12)]
FIGURES = {"V01": 2000, "L01": 800, "L02": 300, "E01": 4, "E02": 120, "N05": 26}


def press(page, address):
    """Press the button of the form that is sent to this address."""
    page.click(f"main form[action='{address}'] button[type=submit]")


def figures(code, **different):
    return [code, DECEMBER, *(FIGURES | different).values()]


def returns_file(lines):
    out = io.BytesIO()
    columns = [Column(name) for name in ("library_code", "period", *FIGURES)]
    write_xlsx(out, [Table("returns", columns, lines)])
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "december.xlsx", "mimeType": media_type, "buffer": out.getvalue()}


def report_the_months_before(office):
    """Let eleven months be accepted and locked, as they are by December."""
    lines = [[one.code, month, *FIGURES.values()] for month in MONTHS_BEFORE for one in LIBRARIES]
    table = write_csv(["library_code", "period", *FIGURES], lines)
    assert import_returns(io.BytesIO(table), name="before.csv", by=office).problems == []
    for month in MONTHS_BEFORE:
        lock(month, by=office)


def send_returns(page, lines):
    page.goto("/reports/returns/import/")
    page.set_input_files("main [name=file]", returns_file(lines))
    page.click("main form:has([name=file]) button[type=submit]")
    page.wait_for_url("**/reports/returns/import/*/")


def confirm(page):
    page.click("main form:has([name=digest]) button[type=submit]")
    page.wait_for_selector("main form:has([name=digest])", state="detached")


def fill_in(page):
    """Fill in the plain form of a branch; a figure far from last month's asks for an explanation."""
    page.goto(f"/reports/returns/?period={DECEMBER}")
    page.click(f"main a[href='/reports/returns/NH002/{DECEMBER}/edit/']")
    for code, value in (FIGURES | {"V01": 9000}).items():
        page.fill(f"[name={code}]", str(value))
    page.click("main button[name=do][value=submit]")
    assert page.locator(".error-summary a[href='#id_V01_note']").count() == 1
    assert page.locator("[name=V01]").input_value() == "9000"
    page.fill("[name=V01_note]", "举办年度读书节")
    page.click("main button[name=do][value=submit]")
    page.wait_for_url("**/reports/returns/*/")
    return page.url


def accept(page, address):
    page.goto("/reports/returns/?tab=waiting")
    page.click(f"main table a[href='/{address.split('/', 3)[3]}']")
    page.click("main a[href$='/accept/']")
    page.click("main form:has([name=version]) button[type=submit]")
    page.wait_for_url(address)
    assert Return.objects.get(library__code="NH002", period__code=DECEMBER).state == Return.State.ACCEPTED


def lock_month(page):
    page.goto("/reports/months/")
    page.click(f"main a[href='/reports/months/{DECEMBER}/']")
    page.click(f"main a[href='/reports/months/{DECEMBER}/lock/']")
    page.click("main form:has([name=missing]) button[type=submit]")
    page.wait_for_url(f"**/reports/months/{DECEMBER}/")


def see_the_end_of(page, run):
    """Let the run be worked on while its page is open; the page shows the end without anybody's help."""
    page.wait_for_selector(".run.queued")
    build_edition(run.pk)
    page.wait_for_selector(".run.done")
    page.click(".run a.button")
    return page.url


def download(page, form):
    with page.expect_download() as coming:
        page.click(f"main a[href$='/report.{form}'] >> nth=0")
    return coming.value.path().read_bytes()


def write_what_waits():
    for run in Run.objects.filter(task=WRITE_TASK, state=Run.State.QUEUED):
        write_edition(run.pk)


def write_the_plans(page, address):
    """Write a text with a name in it; the page of the report shows the figure in its place."""
    page.goto(f"{address}texts/")
    page.fill("[name=plans_zh_hans]", "全年到馆，明年继续增设网点。")
    page.evaluate("document.querySelector('[name=plans_zh_hans]').setSelectionRange(4, 4)")
    page.focus("[name=plans_zh_hans]")
    page.click("aside summary:text-is('到馆人次')")
    page.focus("[name=plans_zh_hans]")
    page.click("[data-put='{到馆人次}']")
    page.click("main form button[type=submit]")
    page.wait_for_url(address)
    total = Edition.objects.get(kind="annual").snapshot["system"]["V01"]["value"]
    assert page.locator("main p", has_text=f"全年到馆{total / 10_000:.2f}万人次，明年").count() == 1
    write_what_waits()


def take_remarks(office, member, address):
    """Open the draft to remarks, make one, answer it; then the day is over."""
    office.goto(f"{address}consult/")
    office.fill("[name=until]", f"{timezone.localdate():%Y-%m-%d}")
    office.click("main form.form button[type=submit]")
    office.wait_for_url(address)
    member.goto(address)
    member.fill("main [name=text]", "建议补充流动图书馆服务情况。")
    member.click("main form:has([name=text]) button[type=submit]")
    office.goto(address)
    office.fill("main article [name=text]", "已在“问题与计划”中补充。")
    office.click("main article form:has([name=text]) button[type=submit]")
    Edition.objects.filter(kind="annual").update(consult_until=timezone.localdate() - timedelta(days=1))


def act_on(page, address, act):
    page.goto(f"{address}{act}/")
    page.click("main form.form button[type=submit]")
    page.wait_for_url(address)


@pytest.mark.clause("6.2.1 j")
@pytest.mark.clause("6.1 d")
def test_a_year_of_returns_becomes_a_report_which_the_committee_downloads(seat, cast):
    report_the_months_before(cast["office"])
    office = seat("office")
    others = [one.code for one in LIBRARIES if one.code != "NH002"]
    send_returns(office, [figures(code, **({"L02": 900} if code == "CC002" else {})) for code in others])
    wrong = office.locator("main table tbody tr").first.locator("td").all_text_contents()
    assert wrong[:2] == [str(others.index("CC002") + 2), "L02"]
    assert Return.objects.filter(period__code=DECEMBER).count() == 0
    send_returns(office, [figures(code) for code in others])
    assert Return.objects.filter(period__code=DECEMBER).count() == 0
    confirm(office)
    assert Return.objects.accepted().filter(period__code=DECEMBER).count() == 9

    handed_in = fill_in(seat("branch"))
    accept(seat("nanhai-reviewer"), handed_in)
    lock_month(office)

    monthly = Run.objects.get(parameters__period=DECEMBER)
    office.goto("/reports/")
    office.click(f"main a[href='{monthly.get_absolute_url()}']")
    see_the_end_of(office, monthly)
    office.goto("/reports/")
    office.select_option("form[method=post] [name=kind]", "annual")
    office.select_option("form[method=post] [name=period]", str(LAST_YEAR))
    press(office, "/reports/editions/build/")
    address = see_the_end_of(office, Run.objects.get(parameters__period=str(LAST_YEAR)))
    assert Edition.objects.get(kind="annual").snapshot["system"]["V01"]["value"] == 2000 * 119 + 9000

    member = seat("committee")
    member.goto("/reports/")
    member.click(f"main table a[href='/{address.split('/', 3)[3]}']")
    assert download(member, "pdf")[:5] == b"%PDF-"
    observer = seat("observer")
    assert observer.goto(address).status == 404
    write_the_plans(office, address)
    take_remarks(office, member, address)
    for seated, act in ((office, "submit"), (seat("coordination-lead"), "agree"), (seat("chair"), "agree")):
        act_on(seated, address, act)
    write_what_waits()
    act_on(office, address, "publish")
    assert observer.goto(address).status == 200
    assert [download(observer, form)[:2] for form in ("xlsx", "json")] == [b"PK", b"{\n"]
