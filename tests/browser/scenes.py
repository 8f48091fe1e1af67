"""Bring filings, returns, meetings and reports into each of their states, so that every page has something to show."""

import io
from datetime import timedelta

from django.utils import timezone

from committee.agendas import actions as agendas
from committee.bodies.actions import plan
from committee.bodies.models import Body
from committee.confirmations import actions as confirmations
from committee.decisions.models import Decision
from committee.meetings import actions as meetings
from committee.meetings.models import Meeting
from committee.proposals import actions as proposals
from committee.seats import actions as committee
from committee.seats.models import Seat, Term
from fsul_portal.runs.claims import Claim
from fsul_portal.runs.models import Run
from fsul_portal.sheets import write_csv
from members.bodies import actions as bodies
from members.libraries.models import Library
from members.months import actions as months
from members.periods.models import Period, month_before
from members.returns import actions as returns
from members.returns.intake.actions import import_returns
from members.returns.rollup.actions import settle
from members.returns.rollup.awaited import count_awaited
from members.rosters.models import Roster
from members.rosters.quarters.actions import ask_units, correct
from reports.corrections import actions as corrections
from reports.demo.cast import LIBRARIES
from reports.editions.actions import build_edition, request_edition, write_missing
from reports.editions.life import actions as life
from reports.explorer import actions as explorer
from reports.opendata import actions as open_data
from reports.opendata.models import Openness
from tests.minutes import signed
from tests.workgroups.coordination.filings.filings import answers_of
from workgroups.channels import actions as channels
from workgroups.coordination.filings import actions as filings
from workgroups.groups import actions as groups
from workgroups.groups.models import Group, Membership

FIGURES = {"V01": 2000, "L01": 800, "L02": 300, "R01": 20, "R03": 5, "E01": 4, "E02": 120, "N05": 26}
THIS_MONTH = f"{timezone.localdate():%Y-%m}"
DUE, LOCKED = month_before(THIS_MONTH), month_before(THIS_MONTH, 2)
# A year in which none of these months lies.
OVER = str(int(THIS_MONTH[:4]) - 2)
ROLL = [{"name": "梁主任", "unit": "佛山市中心图书馆", "position": "主任委员", "presence": "present"}]


def set_scenes(cast):
    """Play everything that the pages of office, editors and leads show; return the things in a dictionary."""
    return {
        "returns": play_returns(cast),
        "filings": play_filings(cast),
        "meetings": play_meetings(cast),
        **play_agendas(cast),
        **play_reports(cast),
        "corrections": play_corrections(cast),
        "tokens": play_open_data(cast),
        "views": play_explorer(cast),
        **play_bodies(cast),
    }


def play_explorer(cast):
    """Add the returns up, as the job does, and save a view of them."""
    settle(timezone.now())
    count_awaited()
    asked = "figure=V01&second=L01&third=K08&district=440605"
    return [explorer.save_view("南海到馆与外借", asked, by=cast["office"])]


def play_bodies(cast):
    """Leave a seat and a membership in each state, the next term with its people approved, and a fourth group."""
    office = cast["office"]
    first, today = Term.objects.get(), timezone.localdate()
    days = {"first_day": first.last_day + timedelta(days=1), "last_day": first.last_day + timedelta(days=900)}
    coming = committee.prepare_term(number=2, by=office, **days)
    committee.nominate(term=coming, person=cast["committee"], post="chair", capacity="in_charge", by=office)
    committee.record_letter(coming, letter_number="佛图学〔2026〕9号", letter_day=today, by=office)
    for person in ("nanhai", "chancheng"):
        committee.nominate(term=coming, person=cast[person], post="member", capacity="head", by=office)
    technical = Group.objects.get(key="technical")

    def forward(name):
        return groups.put_forward(group=technical, person=cast[name], post="member", by=office)

    forward("nanhai"), bodies.approve(forward("chancheng"), by=office)
    member = bodies.seat(bodies.approve(forward("nanhai-reviewer"), by=office), by=office, since=today)
    return {
        "terms": [first, coming],
        "seats": list(Seat.objects.all()),
        "groups": [technical, groups.found(name="图情小组", by=office)],
        "memberships": [member, *Membership.objects.exclude(pk=member.pk)],
        "rosters": list(Roster.objects.all()),
        "checks": play_checks(cast),
        **play_channels(cast),
        "problems": play_problems(cast),
        "institutions": play_institutions(cast),
        "plans": play_plans(cast),
        **play_projects(cast),
    }


def play_projects(cast):
    """Leave a project in each state, and the bulletin of the last quarter."""
    from committee.projects.bulletins.actions import give_bulletin
    from tests.committee.projects.stage import last_quarter, situations

    projects = [project for __, project in situations(cast)]
    return {"projects": projects, "bulletins": [give_bulletin(quarter=last_quarter(), by=cast["office"])]}


def play_plans(cast):
    """Leave a plan in each state, with indicators that are reported and typed."""
    from tests.committee.plans.stage import situations

    return [plan for __, plan in situations(cast)]


def play_institutions(cast):
    """Leave an institution in each state, one of them with an opinion that waits for its answer."""
    from tests.committee.institutions.stage import situations

    return [institution for __, institution in situations(cast)]


def play_problems(cast):
    """Leave a problem in each state; those of one library and kind are alike."""
    from tests.committee.problems.stage import situations

    return [problem for __, problem in situations(cast)]


def play_channels(cast):
    """Leave a channel with members matched and not, and a question answered late and one that waits."""
    office, now = cast["office"], timezone.now()
    channel = channels.open_channel(name="南海联络群", district=Library.objects.get(code="NH001").district, by=office)
    channel = channels.take_in(channel, text="南海-关南海\nNH002 冯分馆\n路人甲", by=office)

    def ask(days):
        asked_at = now - timedelta(days=days)
        return channels.enter_question(channel=channel, text="读者证如何挂失", asked_at=asked_at, by=office)

    late = channels.answer(ask(5), answer="凭身份证到任一成员馆办理", replied_at=now - timedelta(days=1), by=office)
    return {"channels": [channel], "questions": [late, ask(1)]}


def play_checks(cast):
    """Ask the units of two quarters; one has corrected something."""
    before = ask_units(timezone.localdate() - timedelta(days=92))
    correct(before[0], by=cast["office"], note="张技术的电话已更换")
    return [*before, *ask_units(timezone.localdate())]


def play_corrections(cast):
    """Leave a slip in each state, one of them reopened by the office."""
    office, editor, lead = (cast[name] for name in ("office", "nanhai", "coordination-lead"))
    library, period = Library.objects.get(code="NH002"), Period.objects.get(code=LOCKED)

    def begin(visits):
        return corrections.begin(library, period, by=editor, new={"V01": visits}, reason="门禁漏计三天")

    def hand_in(visits):
        return corrections.submit(begin(visits), by=editor)

    soon = timezone.localdate() + timedelta(days=7)
    return [
        begin(2100),
        hand_in(2200),
        corrections.give_back(hand_in(2300), by=lead, note="请附说明"),
        corrections.agree(hand_in(2400), by=lead),
        corrections.reopen(library, period, by=office, codes=["L01", "L02"], reason="与系统不符", due_on=soon),
    ]


def play_open_data(cast):
    """Leave a token that stands and one that does not."""
    until, office = timezone.localdate() + timedelta(days=90), cast["office"]

    def issue(holder):
        return open_data.issue(by=office, holder=holder, purpose="编制统计年鉴", expires_on=until).token

    standing, revoked = issue("市统计局"), open_data.revoke(issue("旧系统"), by=office)
    open_data.open_to_everybody(Openness.now(), by=office)
    return [standing, revoked]


def play_filings(cast):
    """Leave a filing in each state."""
    editor, reviewer, lead = (cast[name] for name in ("nanhai", "nanhai-reviewer", "coordination-lead"))

    def begin(code, kind, **answers):
        return filings.begin(kind, Library.objects.get(code=code), by=editor, asked=answers_of(kind, **answers))

    def submit(*args, **answers):
        return filings.submit(begin(*args, **answers), by=editor, checked=True)

    def sign(*args, **answers):
        return filings.agree(submit(*args, **answers), by=reviewer, note="情况属实")

    soon = timezone.localdate() + timedelta(days=30)
    return [
        begin("NH001", "suspension"),
        submit("NH002", "move"),
        sign("NH003", "suspension", until=soon),
        filings.give_back(submit("NH004", "suspension"), by=reviewer, note="请补充公告日期"),
        filings.refuse(sign("NH001", "move"), by=lead, note="新址不合要求"),
        filings.withdraw(submit("NH002", "suspension"), by=editor, note="改期"),
        filings.agree(sign("NH003", "move"), by=lead, note="同意"),
        filings.agree(sign("NH004", "move", day=timezone.localdate()), by=lead),
    ]


def play_returns(cast):
    """Lock one month, and leave the next one with a return in each state and a question."""
    lines = [[one.code, LOCKED, *FIGURES.values()] for one in LIBRARIES]
    table = write_csv(["library_code", "period", *FIGURES], lines)
    import_returns(io.BytesIO(table), name="before.csv", by=cast["office"])
    months.lock(LOCKED, by=cast["office"])
    editor, reviewer = cast["nanhai"], cast["nanhai-reviewer"]

    def hand_in(code, notes=None, **different):
        return returns.hand_in(Library.objects.get(code=code), DUE, FIGURES | different, notes or {}, by=editor)

    same = "逐项核对，属实"
    return [
        returns.accept(hand_in("NH001", {"E01": same}), by=reviewer),
        hand_in("NH002", {"V01": "举办读书节", "L01": "寒假借阅增多"}, V01=9000, L01=1900),
        returns.give_back(hand_in("NH003", {"E01": same}), by=reviewer, note="请核对活动场次"),
        returns.save_draft(Library.objects.get(code="NH004"), DUE, FIGURES | {"N05": 3, "E01": "na"}, {}, by=editor),
    ]


def plan_a_year(office):
    """Leave a planned meeting on the page of the committee."""
    day = timezone.localdate() + timedelta(days=50)
    return plan(Body.objects.committee(), lines=[(day, "年度计划")], by=office)


def play_meetings(cast):
    """Leave a meeting in each state."""
    office, chair = cast["office"], cast["chair"]

    def call(days):
        begins = timezone.now() + timedelta(days=days)
        agenda = "审议年报\n讨论考评"
        return meetings.call_meeting(
            kind=Meeting.Kind.JOINT, starts_at=begins, place="五楼会议室", agenda=agenda, by=office
        )

    def gather(days):
        return meetings.write_roll(call(days), ROLL, by=office)

    def hold(days):
        meeting = meetings.sign_roll(gather(days), by=office)
        return meetings.write_minutes(meeting, "会议议定：按月报送业务数据。", by=office)

    return [
        call(14),
        gather(-1),
        hold(-1),
        signed(hold(-2), office=office, chair=chair),
        meetings.cancel_meeting(call(20), by=office, reason="台风"),
        plan_a_year(office),
    ]


def play_agendas(cast):
    """Leave an item that can be written and one that is off, what is proposed and left, decisions, and an addendum."""
    from tests.committee.addenda.stage import addendum
    from tests.committee.decisions.stage import asked, noted, things
    from tests.committee.items.stage import call, last, written
    from tests.committee.proposals.stage import proposed

    office = cast["office"]
    things(cast)
    return {
        "items": [written(cast), agendas.take_off(last(call(cast)), by=office, note="另议")],
        "proposals": [proposed(cast), proposals.leave(proposed(cast), by=office, note="已有规定")],
        "decisions": [asked(cast), noted(cast), Decision.objects.filter(state="in_force").first()],
        "addenda": [addendum(cast)],
        "circulated": [confirmations.circulate(written(cast).meeting, by=office)],
    }


def play_reports(cast):
    """Leave an edition in each state that asks something of somebody, and a run that waits beside one that failed."""
    office, lead = cast["office"], cast["coordination-lead"]
    failed = Run.objects.get(parameters__period=LOCKED)
    Claim.take(failed.pk).fail("报告未能写入：磁盘空间不足。")

    def build(kind, code):
        if code != LOCKED:
            months.lock(code, by=office, acknowledged=len(LIBRARIES))
        return build_edition(kind, code, by=office)

    draft, annual = build("monthly", LOCKED), build("annual", OVER)
    under_review = life.submit(build("monthly", month_before(LOCKED, 3)), by=office)
    approved = life.agree(life.submit(build("monthly", month_before(LOCKED, 2)), by=office), by=lead)
    write_missing(approved)
    waiting = request_edition("annual", LOCKED[:4], by=office)
    return {"editions": [draft, annual, under_review, approved], "runs": [failed, waiting]}
