"""Let a new term of the committee begin, fill a group and keep the rosters, in Chinese and in browsers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from committee.seats.models import Seat, Term
from members.people.models import User
from members.rosters.models import Roster
from members.rosters.quarters.actions import ask_units
from tests.conftest import PASSWORD
from tests.guests import guest

pytestmark = [pytest.mark.clause("5.1"), pytest.mark.clause("5.2"), pytest.mark.clause("7.2")]


def press(page, name):
    """Press the act of this name, and send its form as it is."""
    page.click(f"aside a:has-text('{name}')")
    page.click("main form:has([name=version]) button[type=submit]")
    page.wait_for_load_state()


def nominate(page, term, person, post, capacity="in_charge"):
    page.goto("/committee/seats/new/")
    page.select_option("[name=term]", label=term)
    page.fill("main [name=person]", person)
    page.select_option("[name=post]", post)
    page.select_option("[name=capacity]", capacity)
    page.click("main form:has([name=person]) button[type=submit]")
    page.wait_for_load_state()


def test_a_new_term_takes_over_a_branch_is_refused_and_the_roles_change_hands(seat, cast):
    today = timezone.localdate()
    Term.objects.filter(number=1).update(last_day=today - timedelta(days=1))
    new_chair = guest("new-chair", "FS001")
    new_chair.set_password(PASSWORD)
    new_chair.save()
    office = seat("office")
    office.goto("/committee/terms/new/")
    for name, value in (("number", "2"), ("first_day", f"{today}"), ("last_day", f"{today + timedelta(days=1800)}")):
        office.fill(f"main [name={name}]", value)
    office.click("main form:has([name=number]) button[type=submit]")
    nominate(office, "第2届专委会", "冯分馆", "member")
    refused = office.text_content("main form")
    assert "桂城分馆（演示）属于分馆" in refused
    assert "由中心馆和区总馆的人员担任" in refused
    for person, post, capacity in (
        ("new-chair", "chair", "in_charge"),
        ("何秘书", "secretary", "head"),
        ("麦审核", "member", "in_charge"),
    ):
        nominate(office, "第2届专委会", person, post, capacity)
        assert "已提名" in office.text_content("main")
    office.goto(Term.objects.get(number=2).get_absolute_url())
    office.click("aside a:has-text('登记学会发文')")
    office.fill("main [name=letter_number]", "佛图学〔2026〕9号")
    office.fill("main [name=letter_day]", f"{today}")
    office.click("main form:has([name=letter_number]) button[type=submit]")
    office.click("aside a:has-text('办理换届')")
    assert "将有 3 名到任，上届 3 名卸任" in office.text_content("main")
    office.click("main form:has([name=since]) button[type=submit]")
    office.wait_for_load_state()
    office.goto("/committee/seats/")
    assert [cell.strip() for cell in office.locator("main tbody th").all_text_contents()] == [
        new_chair.name,
        "何秘书",
        "麦审核",
    ]
    # Who left reads nothing of the meetings any more; who came does.
    assert seat("committee").goto("/committee/").status == 403
    assert seat("new-chair").goto("/committee/").status == 200
    office.goto(Seat.objects.get(person=new_chair).get_absolute_url())
    office.click("main button:has-text('起草聘书')")
    office.wait_for_load_state()
    assert "聘书" in office.text_content("h1")


def test_a_group_is_filled_its_roster_is_kept_and_its_unit_confirms(seat, cast):
    User.objects.filter(username="chancheng").update(phone="13800000001")
    lead = seat("technical-lead")
    lead.goto("/workgroups/people/new/")
    lead.select_option("[name=group]", label="技术服务小组")
    lead.fill("main [name=person]", "霍禅城")
    lead.click("main form:has([name=person]) button[type=submit]")
    lead.wait_for_load_state()
    office = seat("office")
    office.goto("/workgroups/people/?tab=ahead")
    office.click("main tbody th a")
    press(office, "登记专委会确认")
    press(office, "到任")
    assert "在任" in office.text_content("main header")
    roster = Roster.objects.filter(title_zh="技术服务小组").latest("number")
    office.goto(roster.get_absolute_url())
    assert "霍禅城到任：组员。" in office.text_content("main")
    assert "138****0001" in office.text_content("main table")
    office.click("aside button:has-text('显示完整电话')")
    office.wait_for_load_state()
    assert "13800000001" in office.text_content("main table")
    check = next(one for one in ask_units(timezone.localdate()) if one.unit.code == "FS001")
    office.goto(check.get_absolute_url())
    press(office, "确认无误")
    assert "已确认" in office.text_content("main header")
