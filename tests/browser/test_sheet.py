"""Fill the form of a return in as one fills in a sheet: paste, arrows, saved while one types, and nothing lost."""

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from members.libraries.models import Library
from members.periods.models import month_before
from members.returns import actions
from members.returns.models import Return
from tests.browser.conftest import PHONE
from tests.browser.steps import assert_accessible
from tests.browser.test_kept import come_back, kept
from tests.members.returns.figures import SOUND, sound

MONTH = month_before(f"{timezone.localdate():%Y-%m}")
EDIT = f"/reports/returns/NH002/{MONTH}/edit/"
SHEET = f"/reports/returns/sheet/{MONTH}/"
CODES = list(SOUND)
PASTE = """(box, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  return !box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def sheet(seat):
    """Open the form of a library that has not begun, as the editor of its district."""
    page = seat("nanhai")
    page.goto(EDIT)
    return page


def paste(page, code, text):
    """Paste a text into a box, and say whether the sheet has taken it for a block."""
    page.focus(f"[name={code}]")
    return page.locator(f"[name={code}]").evaluate(PASTE, text)


def wait_for(page, *states):
    page.wait_for_selector(", ".join(f"#figures-state[data-state={state}]" for state in states), state="attached")


def typed(page, *codes):
    return [page.input_value(f"[name={code}]") for code in codes]


def focused(page):
    return page.evaluate("document.activeElement.name")


def press(page, *keys):
    """Press keys, and say after each in which box one is."""
    found = []
    for key in keys:
        page.keyboard.press(key)
        found.append(focused(page))
    return found


def offline(page):
    page.route("**/keep/", lambda route: route.abort("internetdisconnected"))


@pytest.mark.clause("6.2.1 j")
def test_a_column_and_a_block_are_pasted_saved_and_read_as_cells_are(sheet):
    column = "\r\n".join(["１，２３４", "1,000", "—", "闭馆"]) + "\r\n"
    assert paste(sheet, CODES[0], column) is True
    assert typed(sheet, *CODES[:4]) == ["１，２３４", "1,000", "—", "闭馆"]
    wait_for(sheet, "saved")
    assert Return.objects.get().figures == dict(zip(CODES, [1234, 1000, "na", "closed"], strict=False))
    assert kept(sheet) == []
    assert sheet.text_content("#figures-progress").strip() == f"已填 4 / {len(CODES)}"
    assert paste(sheet, CODES[0], '7\t"闸机""东门""\n更换"\r\n8\t\r\n') is True
    assert typed(sheet, CODES[0], f"{CODES[0]}_note", CODES[1]) == ["7", '闸机"东门"更换', "8"]
    sheet.click("#figures-said button")
    assert typed(sheet, CODES[0], f"{CODES[0]}_note", CODES[1]) == ["１，２３４", "", "1,000"]
    wait_for(sheet, "saved")


def test_a_row_is_laid_down_the_column_and_one_cell_is_pasted_as_everywhere(sheet):
    assert paste(sheet, CODES[0], "1\t2\t3") is True
    assert typed(sheet, *CODES[:3]) == ["1", "2", "3"]
    assert paste(sheet, CODES[-1], "4\n5\n6") is True
    assert sheet.text_content("#figures-said").strip().startswith("已填入 1 格 · 2 个值无处可填")
    assert paste(sheet, CODES[0], "9\r\n") is False
    wait_for(sheet, "saved")


def test_enter_and_the_arrows_move_and_never_send(sheet):
    first, second, third = CODES[:3]
    sheet.focus(f"[name={first}]")
    assert press(sheet, "Enter", "ArrowDown", "ArrowUp", "Shift+Enter", "ArrowUp") == [
        second,
        third,
        second,
        first,
        first,
    ]
    assert press(sheet, "1", "2", "ArrowLeft", "ArrowRight", "ArrowRight") == [*[first] * 4, f"{first}_note"]
    assert press(sheet, "ArrowLeft", "Tab") == [first, f"{first}_note"]
    sheet.focus(f"[name={CODES[-1]}]")
    assert press(sheet, "Enter") == [CODES[-1]]
    wait_for(sheet, "saved")
    assert sheet.url.endswith(EDIT)


def test_checks_changes_and_the_balance_come_while_one_types(sheet, cast):
    nanhai, library = cast["nanhai"], Library.objects.get(code="NH002")
    actions.hand_in(library, month_before(MONTH), sound(R04=800), {}, by=nanhai)
    sheet.reload()
    for code, value in {"V01": "2468", "L01": "10", "L02": "11", "R01": "12", "R03": "3"}.items():
        sheet.fill(f"[name={code}]", value)
    wait_for(sheet, "saved")
    assert sheet.text_content("#id_V01-month").split() == ["环比", "+100.00%"]
    assert sheet.get_attribute("[name=L02]", "aria-invalid") == "true"
    assert_accessible(sheet)
    sheet.click("#figures-told a[href='#id_L02']")
    assert focused(sheet) == "L02"
    sheet.click("#id_R04-offer button")
    assert typed(sheet, "R04") == ["809"]
    sheet.fill("[name=L02]", "9")
    wait_for(sheet, "saved")
    assert (
        sheet.get_attribute("[name=L02]", "aria-invalid"),
        Return.objects.get(period__code=MONTH).figures["R04"],
    ) == (
        None,
        809,
    )


def test_what_is_typed_after_the_session_ended_comes_back_after_login(sheet):
    sheet.fill("[name=V01]", "12")
    wait_for(sheet, "saved")
    Session.objects.all().delete()
    sheet.fill("[name=L01]", "34")
    wait_for(sheet, "ended")
    assert sheet.text_content("#figures-said").startswith("登录已失效")
    sheet.click("main button[value=save]")
    come_back(sheet)
    assert typed(sheet, "V01", "L01") == ["12", ""]
    sheet.click("[data-kept=restore]")
    wait_for(sheet, "saved")
    assert (Return.objects.get().figures, kept(sheet)) == ({"V01": 12, "L01": 34}, [])


def test_what_is_typed_without_a_line_is_saved_when_it_is_back(sheet):
    offline(sheet)
    sheet.fill("[name=V01]", "12")
    wait_for(sheet, "offline")
    assert (sheet.text_content("#figures-said")[:4], len(kept(sheet)), Return.objects.count()) == ("网络不通", 1, 0)
    sheet.unroute("**/keep/")
    sheet.evaluate("dispatchEvent(new Event('online'))")
    wait_for(sheet, "saved")
    assert (Return.objects.get().figures, kept(sheet)) == ({"V01": 12}, [])


def test_whoever_leaves_is_asked_only_while_something_is_not_saved(sheet):
    asked = []
    sheet.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    sheet.fill("[name=V01]", "12")
    wait_for(sheet, "saved")
    sheet.goto("/reports/returns/")
    assert asked == []
    sheet.goto(EDIT)
    offline(sheet)
    sheet.fill("[name=V01]", "13")
    wait_for(sheet, "offline")
    sheet.goto("/reports/returns/")
    assert asked == ["beforeunload"]


def test_what_cannot_be_read_is_told_at_its_box_and_kept_in_the_browser(sheet):
    sheet.fill("[name=V01]", "12")
    sheet.fill("[name=L01]", "many")
    wait_for(sheet, "partly")
    assert (Return.objects.get().figures, len(kept(sheet))) == ({"V01": 12}, 1)
    assert "不是数字" in sheet.text_content("#id_L01-wrong")


@pytest.mark.checklist("D5")
def test_two_who_type_at_once_overwrite_nothing_and_see_both_versions(sheet, cast):
    sheet.fill("[name=V01]", "12")
    wait_for(sheet, "saved")
    actions.save_draft(Library.objects.get(code="NH002"), MONTH, {"V01": 99}, {}, by=cast["branch"])
    sheet.fill("[name=V01]", "13")
    wait_for(sheet, "overtaken")
    assert Return.objects.get().figures == {"V01": 99}
    sheet.click("#figures-said button")
    sheet.wait_for_selector(".error-summary")
    assert (typed(sheet, "V01"), "99" in sheet.text_content("tr:has([name=V01]) td")) == (["13"], True)


def test_handing_in_waits_for_the_save_that_is_under_way(sheet):
    waiting = []
    sheet.route("**/keep/", lambda route: waiting.append(route))
    with sheet.expect_request("**/keep/"):
        paste(sheet, CODES[0], "\n".join(str(SOUND[code]) for code in CODES))
    sheet.click("main button[value=submit]")
    waiting[0].continue_()
    sheet.wait_for_selector(".message.success")
    assert (Return.objects.get().state, Return.objects.get().figures) == ("submitted", SOUND)


def test_a_thumb_fills_the_form_in(seat):
    page = seat("nanhai")
    page.set_viewport_size(PHONE)
    page.goto(EDIT)
    page.fill("[name=V01]", "12")
    wait_for(page, "saved")
    assert_accessible(page)
    heights = page.eval_on_selector_all(
        "main form input[data-cell], main form summary, main form .button",
        "all => all.map((one) => one.getBoundingClientRect().height)",
    )
    assert [height for height in heights if height < 44] == []


def paste_rows(page, first, text):
    page.focus(f"#{first}")
    return page.locator(f"#{first}").evaluate(PASTE, text)


def wait_for_rows(page, state, *codes):
    for code in codes:
        page.wait_for_selector(f"#{code}-state[data-state={state}]")


@pytest.mark.clause("6.2.1 j")
def test_a_block_is_pasted_over_the_rows_of_a_district_and_handed_in(seat, cast):
    actions.hand_in(Library.objects.get(code="NH002"), MONTH, SOUND, {}, by=cast["branch"])
    page = seat("nanhai")
    page.goto(SHEET)
    line = "\t".join(str(SOUND[code]) for code in CODES)
    # The row between has been handed in: its line of the block stays out of it.
    assert paste_rows(page, "NH001-V01", f"{line}\n{line}\n1.2万\t5\n") is True
    assert page.text_content("#sheet-said").startswith(f"已填入 {len(CODES) + 2} 格 · {len(CODES)} 个值无处可填")
    wait_for_rows(page, "saved", "NH001")
    wait_for_rows(page, "partly", "NH003")
    assert page.get_attribute("#NH003-V01", "aria-invalid") == "true"
    assert page.inner_text("#total-V01").split() == [f"{2 * SOUND['V01']:,}", "2", "馆"]
    page.focus("#NH001-V01")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "NH003-V01"
    page.fill("#NH003-V01", "6")
    wait_for_rows(page, "saved", "NH003")
    assert_accessible(page)
    page.click("main form.actions button")
    assert "1 份填报表提交审核" in page.text_content("main h2")
    page.click("main button[name=confirmed]")
    page.wait_for_selector(".message.success")
    found = Return.objects.filter(state="submitted").order_by("library__code")
    assert [one.library.code for one in found] == ["NH001", "NH002"]


def test_rows_typed_after_the_session_ended_are_offered_together(seat):
    page = seat("nanhai")
    page.goto(SHEET)
    Session.objects.all().delete()
    paste_rows(page, "NH003-V01", "1\n2\n")
    wait_for_rows(page, "ended", "NH003", "NH004")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    come_back(page)
    assert page.locator("[data-kept=restore]").count() == 1
    page.click("[data-kept=restore]")
    wait_for_rows(page, "saved", "NH003", "NH004")
    found = Return.objects.order_by("library__code")
    assert ([one.figures for one in found], kept(page)) == ([{"V01": 1}, {"V01": 2}], [])


def test_the_sheet_scrolls_inside_its_box_on_a_phone(seat):
    page = seat("nanhai")
    page.set_viewport_size(PHONE)
    page.goto(SHEET)
    page.fill("#NH001-V01", "12")
    wait_for_rows(page, "saved", "NH001")
    assert_accessible(page)
    head, name = "#sheet thead th:last-child", "#sheet tbody th"
    places = "[document.querySelector('{0}').getBoundingClientRect().{1}, '{1}']"
    before = page.evaluate(places.format(name, "left"))
    page.evaluate("document.querySelector('#sheet .table-region').scrollTo(9999, 0)")
    assert page.evaluate(places.format(name, "left")) == before
    assert page.locator(head).is_visible()


STUCK = """
[...document.querySelectorAll(".page th, .page td")]
  .map((cell) => getComputedStyle(cell))
  .filter((look) => look.position === "sticky" && /, 0(\\.\\d+)?\\)$|transparent/.test(look.backgroundColor)).length
"""


@pytest.mark.parametrize("address", [SHEET, "/members/", "/reports/returns/?tab=all"])
def test_what_stays_in_place_lets_nothing_show_through(seat, address):
    page = seat("nanhai")
    page.goto(address)
    assert page.evaluate(STUCK) == 0
