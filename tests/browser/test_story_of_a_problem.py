"""Take a problem from the branch that has it to the committee's decision, and back to the branch that closes it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from committee.agendas.models import Item
from committee.decisions.models import Decision
from committee.meetings import actions
from committee.problems.models import Problem
from tests.browser.test_story_of_the_committee import press, send
from tests.browser.test_story_of_the_committees_year import come, write

pytestmark = [pytest.mark.clause("6.1 f"), pytest.mark.clause("6.2.1 b")]


def test_a_problem_from_a_branch_to_a_decision_and_back(seat, cast):
    branch, office, lead, chair = seat("branch"), seat("office"), seat("technical-lead"), seat("chair")
    branch.goto("/committee/problems/new/")
    branch.fill("main [name=title]", "还书押金各区不一")
    branch.select_option("main [name=kind]", "rules")
    branch.fill("main [name=library]", "NH002")
    branch.fill("main [name=text]", "读者在桂城退不了在禅城交的押金。")
    branch.fill("main [name=demand]", "请统一押金规则。")
    send(branch, "token")
    problem = Problem.objects.get()

    # Sorted, talked over, and too large for the two groups: it goes to the committee.
    press(office, problem, "分办")
    office.select_option("main [name=to]", label=str(cast["technical-lead"]))
    send(office)
    press(lead, problem, "报告进展")
    lead.fill("main [name=note]", "系统可以支持，规则须由专委会定。")
    send(lead)
    press(office, problem, "提请专委会审议")
    office.fill("main [name=note]", "两区规则不一，请会议统一。")
    send(office)
    assert "议题建议" in office.text_content("body")
    office.goto(problem.get_absolute_url())
    assert not office.locator("aside a:has-text('提请专委会审议')").count()

    begins = timezone.now() + timedelta(minutes=9)
    meeting = actions.call_meeting(kind="joint", starts_at=begins, place="五楼", by=cast["office"])
    office.goto("/committee/proposals/")
    office.click("main a:has-text('还书押金各区不一')")
    office.click("aside a:has-text('列入会议议程')")
    send(office)
    meeting.starts_at = timezone.now() - timedelta(minutes=3)
    meeting.save(update_fields=["starts_at"])
    come(meeting, cast)
    press(office, Item.objects.get(), "登记议定事项")
    office.fill("main [name=text]", "全市押金统一为一百元，通借通退。")
    send(office)
    meeting.refresh_from_db()
    press(chair, write(meeting, cast), "签发纪要")
    send(chair)

    # The branch reads what was decided on the page of its problem, and closes it once it is done.
    decision = Decision.objects.get()
    press(lead, problem, "报告解决")
    lead.fill("main [name=solution]", "新规则已在系统中设置。")
    send(lead)
    press(office, problem, "复盘")
    office.fill("main [name=finding]", "各区均已执行。")
    send(office)
    branch.goto(problem.get_absolute_url())
    shown = branch.text_content("main")
    assert (decision.number in shown, decision.text in shown) == (True, True)
    press(branch, problem, "关闭")
    send(branch)
    problem.refresh_from_db()
    assert problem.state == "closed"
