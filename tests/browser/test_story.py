"""Click through the portal's main job as the people of the cast do it, in Chinese, each in a browser of his own."""

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from fsul_portal.notices.tasks import send_letters
from fsul_portal.sheets import write_csv
from workgroups.coordination.filings.models import Filing


def rows(page, within="main"):
    return page.locator(f"{within} table tbody tr").count()


# 1. The registry ------------------------------------------------------------------------------------------------------

HEADER = ["code", "name", "level", "parent_code", "district_code", "town_code", "address", "opened_on"]
NEW_LIBRARY = ["NH901", "里水分馆（演示）", "branch", "NH001", "440605", "440605124", "里水演示路1号", "2016-05-01"]


def send_registry(page, *lines):
    page.goto("/members/import/")
    file = {"name": "libraries.csv", "mimeType": "text/csv", "buffer": write_csv(HEADER, list(lines))}
    page.set_input_files("main [name=file]", file)
    page.click("main form:has([name=file]) button[type=submit]")


def libraries_on(page, day):
    page.goto(f"/members/?q=NH901&day={day}")
    return rows(page)


@pytest.mark.clause("6.2.1 e")
def test_the_registry_comes_from_a_file_and_is_true_for_every_day(seat):
    page = seat("office")
    send_registry(page, NEW_LIBRARY, ["NH902", "错的", "palace", "NH001", "440605", "", "", ""])
    assert page.locator("main table tbody tr").first.locator("td").first.text_content() == "3"
    assert page.locator("main form:has([name=digest])").count() == 0
    send_registry(page, NEW_LIBRARY)
    page.click("main form:has([name=digest]) button[type=submit]")
    page.wait_for_selector("main form:has([name=digest])", state="detached")
    assert [libraries_on(page, day) for day in ("2016-04-30", "2016-05-01")] == [0, 1]
    page.click("main table tbody a")
    page.fill("aside [name=day]", "2016-04-30")
    page.click("aside form:has([name=day]) button[type=submit]")
    assert page.locator("main .empty").count() == 1


# 2. People and roles --------------------------------------------------------------------------------------------------


def menu(page):
    return [link.get_attribute("href") for link in page.locator("#navigation a").all()]


@pytest.mark.clause("5.2")
def test_everybody_finds_his_own_doors_and_reads_who_may_what(seat):
    people = {name: seat(name) for name in ("admin", "office", "nanhai", "observer")}
    doors = {name: menu(page) for name, page in people.items()}
    assert {name for name, found in doors.items() if "/members/import/" in found} == {"office"}
    assert {name for name, found in doors.items() if "/committee/" in found} == {"office", "nanhai"}
    page = people["observer"]
    page.click("#navigation a[href='/roles/']")
    assert page.locator("main").get_by_text("关南海").count() > 0
    assert page.goto("/committee/").status == 403
    assert page.locator(".reason").text_content().strip() != ""
    assert page.goto("/admin/").status == 403
    assert page.goto("/reports/returns/NH002/2020-01/edit/").status == 404
    page.goto("/reports/")
    assert page.locator("form[action='/reports/editions/build/']").count() == 0
    assert people["nanhai"].goto("/members/import/").status == 403


# 3. A filing ----------------------------------------------------------------------------------------------------------

NEW_ADDRESS = "桂城演示新路66号"


def file_a_move(page, code, day):
    page.goto("/workgroups/coordination/filings/")
    page.click("main a[href='/workgroups/coordination/filings/new/']")
    page.check("[name=kind][value=move]")
    page.fill("[name=library]", code)
    page.click("main form:has([name=library]) button[type=submit]")
    page.fill("[name=address]", NEW_ADDRESS)
    page.fill("[name=effective_on]", day.isoformat())
    page.fill("[name=reason]", "原址租约到期")
    page.click("main form:has([name=reason]) button[type=submit]")
    page.click("aside a[href$='/submit/']")
    if page.locator("[name=checked]").count():
        page.check("[name=checked]")
    page.click("main form:has([name=version]) button[type=submit]")
    page.wait_for_selector("aside a[href$='/withdraw/']")
    return page.url


def address_on(page, day):
    page.goto(f"/members/libraries/NH002/?day={day}")
    return page.locator("main .panel").first.get_by_text(NEW_ADDRESS).count()


@pytest.mark.clause("6.2.1 e")
def test_a_move_is_filed_signed_approved_in_the_admin_and_true_from_its_day(seat):
    today = timezone.localdate()
    address = file_a_move(seat("nanhai"), "NH002", today)
    reviewer = seat("nanhai-reviewer")
    reviewer.goto(address)
    reviewer.click("aside a[href$='/agree/']")
    reviewer.fill("[name=note]", "情况属实")
    reviewer.click("main form:has([name=note]) button[type=submit]")
    reviewer.wait_for_url(address)
    assert Filing.objects.get().step == 2

    other_lead = seat("technical-lead")
    other_lead.goto(address)
    assert other_lead.locator("aside a[href$='/agree/']").count() == 0
    denial = other_lead.locator("aside .denial").text_content()
    assert other_lead.goto(f"{address}agree/").status == 403
    assert denial.count(other_lead.locator(".reason").text_content().strip()) == 1

    lead = seat("coordination-lead")
    lead.goto("/admin/workgroups/filing/")
    lead.click("#result_list tbody a")
    assert lead.locator("del").all_text_contents() == ["桂城演示路7号"]
    assert lead.locator("ins").all_text_contents() == [NEW_ADDRESS]
    lead.click("form.decide button[formaction$='/approve/']")
    lead.wait_for_url("**/admin/workgroups/filing/")
    assert Filing.objects.get().state == Filing.State.IN_FORCE
    assert [address_on(lead, day) for day in (today - timedelta(days=1), today)] == [0, 1]


# 4. and 5., returns and reports, are told in test_story_of_a_year.py.

# 6. The reminder ------------------------------------------------------------------------------------------------------


def call_a_meeting(page, begins):
    page.goto("/committee/")
    page.click("main a[href='/committee/meetings/call/']")
    page.fill("[name=starts_at]", begins)
    page.fill("[name=place]", "中心图书馆二楼会议室")
    page.click("main form:has([name=place]) button[type=submit]")
    page.wait_for_selector("aside a[href$='/roll/']")
    return page.url


def sign(page, address):
    page.goto(address)
    page.click("main form:has([name=version]) button[type=submit]")
    page.wait_for_url(address.removesuffix("roll/sign/").removesuffix("minutes/sign/"))


def hold(office, chair, member, address):
    """Write and sign the roll, write the minutes, let the member agree with them and the chair sign them."""
    office.goto(f"{address}roll/")
    for line in office.locator("main tr:has([name$='-name'])").all():
        if line.locator("[name$='-name']").input_value():
            line.locator("[name$='-presence']").select_option("present")
    office.click("main form:has([name=version]) button.primary")
    office.wait_for_url(address)
    sign(office, f"{address}roll/sign/")
    office.goto(f"{address}minutes/")
    office.fill("[name=text]", "会议听取了工作通报。\n会议议定：按月报送业务数据。")
    office.click("main form:has([name=text]) button[type=submit]")
    office.wait_for_url(address)
    for page, act in ((office, "circulate"), (member, "confirm")):
        page.goto(f"{address}minutes/{act}/")
        if act == "confirm":
            page.check("main [name=answer][value=agrees]")
        page.click("main form:has([name=version]) button[type=submit]")
        page.wait_for_url(address)
    sign(chair, f"{address}minutes/sign/")


def remind():
    out = io.StringIO()
    call_command("remind", on="2026-10-31", stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.clause("7.1")
def test_chair_and_office_are_warned_once_when_a_year_has_too_few_meetings(seat):
    office, chair = seat("office"), seat("chair")
    hold(office, chair, seat("committee"), call_a_meeting(office, "2026-03-18T09:30"))
    office.goto("/committee/?year=2026")
    assert office.locator("main .stat-value").first.inner_text().splitlines()[0][:1] == "1"
    # Of returns others are told as well: nobody has reported anything in this story.
    told = [line for line in remind() if "专委会会议" in line]
    send_letters()
    assert [line.split(":")[0] for line in told] == ["chair", "office"]
    warning = told[0].split(": ", 1)[1]
    letters = [letter for letter in mail.outbox if letter.subject == warning]
    assert [letter.to for letter in letters] == [["chair@example.org"], ["office@example.org"]]
    assert remind() == ["0 sent"]
    for page in (office, chair):
        page.goto("/notices/")
        assert page.locator("main .files > li").filter(has_text=warning).count() == 1


# 7. The clauses -------------------------------------------------------------------------------------------------------


def test_every_duty_stands_on_the_page_of_conformity(seat):
    page = seat("observer")
    page.click("#navigation a[href='/reports/conformity/']")
    # The 39 duties and, fetched after them, the two bodies.
    page.wait_for_selector("main table td .clause >> nth=40")
    assert rows(page) == 41
    assert page.locator("main table td .clause").count() == 41


# On every page --------------------------------------------------------------------------------------------------------


def test_the_language_changes_on_the_page_one_is_on(seat):
    page = seat("nanhai")
    page.goto("/members/?district=440605")
    page.click("form.language button[value=en]")
    assert page.get_attribute("html", "lang") == "en"
    assert page.url.endswith("/members/?district=440605")
    assert page.locator("main h1").text_content() == "Member libraries"
    page.click("form.language button[value=zh-hans]")
    assert page.get_attribute("html", "lang") == "zh-hans"


def tab_to(page, selector, limit=60):
    """Press the tab key until the focus is on what the selector names."""
    for __ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return True
    return False


def test_keys_alone_lead_through_the_door_and_to_a_page(page, cast):
    page.goto("/accounts/login/")
    for field, text in (("[name=username]", "nanhai"), ("[name=password]", "fsul-demo-2026")):
        if not page.evaluate("selector => document.activeElement.matches(selector)", field):
            assert tab_to(page, field)
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    page.wait_for_load_state()
    assert tab_to(page, "#navigation a[href='/reports/returns/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/returns/")
    assert page.locator("#navigation a[aria-current=page]").get_attribute("href") == "/reports/returns/"
