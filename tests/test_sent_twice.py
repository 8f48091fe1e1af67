"""Hold that a form which makes something makes it once, however often it is sent (checklist D3)."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from committee.meetings.actions import call_meeting
from fsul_portal.assignments.actions import assign
from members.indicators.versions.actions import keep_first
from members.indicators.versions.models import DictionaryVersion
from members.libraries.models import Library
from members.months.actions import lock
from members.periods.models import this_month
from members.returns import actions as returns
from members.returns.checks.keeping.actions import load_first_checks
from tests import permission_table
from tests.committee.items.stage import hold, last
from tests.members.returns.figures import SOUND
from tests.members.test_accounts import GRANT, NEW
from tests.workgroups.channels.stage import channel_of
from tests.workgroups.coordination.filings.filings import LIST as FILINGS
from tests.workgroups.coordination.filings.filings import as_typed

pytestmark = [pytest.mark.django_db, pytest.mark.checklist("D3")]

# What changes a row that is there, asks, leads on, or takes a file in by its plan, makes nothing twice.
MAKES_NOTHING = {
    "calendar-feed-close",
    "admin:fsul_portal_grant_end",
    "admin:members_library_export",
    "admin:members_library_import",
    "admin:members_library_process_import",
    "admin:members_return_export",
    "login",
    "logout",
    "set_language",
    "password_change",
    "account",
    "account-end-others",
    "session-end",
    "shortcuts",
    "tour",
    "indicators:formula-edit",
    "indicators:formula-retire",
    "indicators:formula-restore",
    "indicators:population-import",
    "indicators:population-import-preview",
    "members:import",
    "members:import-preview",
    "returns:check-edit",
    "returns:return-import",
    "returns:export-import",
    "returns:export-import-preview",
    "returns:source-edit",
    "returns:return-accept-many",
    "notice-open",
    "notice-settings",
    "notices-read",
    "number-pattern",
    "remark-answer",
    "remark-close",
    "link-remove",
    "reports:plan-set",
    "robot-edit",
    "robot-try",
    "file-withdraw",
    "run-again",
    "reports:report-check",
    "members:roster-numbers",
    "working-days-set",
    "returns:due-day-set",
    "hand-over",
    "deputy-end",
    "document-issue",
    "document-stamp",
    "document-withdraw",
    # An edition is written against the one that was on the page; the second sending is told that it is no longer it.
    "way-edit",
}
ACT_ON_WHAT_IS_THERE = (
    *("meeting-", "month-", "return-", "sheet-", "filing-", "edition-", "task-", "indicator-", "correction-"),
    *(
        "addendum-",
        "body-",
        "decision-",
        "item-",
        "proposal-",
        "follow-up-",
        "roster-",
        "rostercheck-",
        "channel-",
        "problem-",
        "institution-",
        "systemplan-",
        "project-",
        "bulletin-",
        "question-",
        "seat-",
        "term-",
        "group-",
        "membership-",
        "openness-",
        "token-",
        "view-",
        "admin:workgroups_filing_",
    ),
)


def call_a_meeting(signed_in, person):
    moment = timezone.localtime(timezone.now() + timedelta(days=20)).strftime("%Y-%m-%dT14:30")
    url = reverse("committee:meeting-call")
    token = signed_in("office").get(url).context["form"]["token"].value()
    return "office", url, {"kind": "joint", "starts_at": moment, "place": "五楼", "token": token}


def begin_a_filing(signed_in, person):
    url = f"{FILINGS}new/?kind=move&library=NH003"
    token = signed_in("nanhai").get(url).context["form"]["token"].value()
    return "nanhai", url, as_typed(token=token)


def write_a_return(signed_in, person):
    url = reverse("returns:return-edit", args=["NH003", "2026-02"])
    return "nanhai", url, SOUND | {"version": 0, "do": "submit"}


def build_a_report(signed_in, person):
    return "office", reverse("reports:edition-build"), {"kind": "annual", "period": "2025"}


def _task(person):
    """A task of the editor of Nanhai, who may remark on it and attach to it."""
    return assign("核对证照", thing=Library.objects.get(code="NH002"), to=person("nanhai"), by=person("office"))


def open_a_feed(signed_in, person):
    return "nanhai", reverse("calendar-feed-open"), {}


def add_a_robot(signed_in, person):
    facts = {
        "name": "专委会工作群",
        "maker": "wecom",
        "address": "https://203.0.114.7/send?key=1",
        "kinds": ["meeting"],
    }
    return "admin", reverse("robot-new"), facts


def write_a_plan(signed_in, person):
    keep_first()
    facts = {"outline": "一、概况", "dictionary": DictionaryVersion.objects.get(number=1).pk, "version": 0}
    year = timezone.localdate().year
    return "office", reverse("reports:plan-detail", args=[year]), facts | {"parts": f"概况，office，{year + 1}-01-31"}


def set_the_thresholds(signed_in, person):
    facts = {"meetings_a_year": 3, "warnings": "06-30 1", "forecast_days": 20, "recipients": ["chair"]}
    return "office", reverse("committee:meeting-thresholds"), facts | {"escalate_after": 5, "seen": 0}


def make_a_remark(signed_in, person):
    task = _task(person)
    return "nanhai", reverse("remark-make", args=["fsul_portal.assignment", task.pk]), {"text": "请核对"}


def link_two_records(signed_in, person):
    found = Library.objects.get(code="NH003")
    url = reverse("link-add", args=["fsul_portal.assignment", _task(person).pk])
    return "nanhai", f"{url}?q=NH003", {"other": f"members.library:{found.pk}", "relation": "related"}


def attach_a_file(signed_in, person):
    task = _task(person)
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF\n")
    return "nanhai", reverse("file-attach", args=["fsul_portal.assignment", task.pk]), {"file": file}


def open_an_account(signed_in, person):
    return "admin", "/admin/members/user/add/", NEW


def give_a_role(signed_in, person):
    return "admin", GRANT, {"person": person("branch").pk, "role": "observer", "place": ""}


def name_a_deputy(signed_in, person):
    today = timezone.localdate().isoformat()
    sent = {
        "absent": person("nanhai-reviewer").pk,
        "deputy": person("nanhai").pk,
        "first_day": today,
        "last_day": today,
    }
    return "nanhai-reviewer", reverse("deputy-list"), sent


def draft_a_paper(signed_in, person):
    office = person("office")
    moment = timezone.now() + timedelta(days=20)
    meeting = call_meeting(kind="joint", starts_at=moment, place="五楼", by=office)
    return "office", reverse("document-draft", args=["meeting-notice", meeting.pk]), {}


def write_a_formula(signed_in, person):
    sent = {"code": "K77", "name": "甲", "name_en": "A", "unit": "次", "unit_en": "times", "decimals": 1}
    return "office", reverse("indicators:formula-new"), sent | {"expression": "L01 / V01"}


def _locked(person, code="2025-11"):
    """Lock a month in which a library has reported, and return its address in forms."""
    one = returns.hand_in(Library.objects.get(code="NH002"), code, SOUND, {}, by=person("nanhai"))
    returns.accept(one, by=person("nanhai-reviewer"))
    lock(code, by=person("office"), acknowledged=99)
    return f"?library=NH002&period={code}"


def correct_a_figure(signed_in, person):
    sent = {**SOUND, "V01": SOUND["V01"] + 9, "reason": "漏计", "token": "t"}
    return "nanhai", reverse("reports:correction-new") + _locked(person), sent


def reopen_a_figure(signed_in, person):
    sent = {"codes": ["V01"], "due_on": timezone.localdate().isoformat(), "reason": "核对", "token": "t"}
    return "office", reverse("reports:correction-reopen") + _locked(person), sent


def chase_a_district(signed_in, person):
    return "office", reverse("chasing:month-chase", args=["2025-11", "440605"]), {"note": "请尽快"}


def write_a_check(signed_in, person):
    load_first_checks()
    sent = {"kind": "ratio", "codes": "R01 V01", "limit": "1", "is_on": "on", "since": this_month()}
    return "office", reverse("returns:check-new"), sent | {"step": "keep"}


def say_how_an_export_is_read(signed_in, person):
    sent = {
        "name": "流通统计",
        "library_heading": "馆藏地点",
        "heading_L01": "外借册次",
        "several": "sum",
        "is_used": "on",
    }
    return "office", reverse("returns:source-new"), sent | {"step": "keep"}


def issue_a_token(signed_in, person):
    until = (timezone.localdate() + timedelta(days=90)).isoformat()
    sent = {"holder": "市统计局", "purpose": "年鉴", "expires_on": until, "token": "t"}
    return "office", reverse("reports:token-new"), sent


def save_a_view(signed_in, person):
    token = signed_in("chair").get(reverse("reports:explorer")).context["save"]["token"].value()
    return "chair", reverse("reports:view-new"), {"name": "到馆", "query": "figure=V01", "token": token}


def nominate_somebody(signed_in, person):
    url = reverse("committee:seat-new")
    form = signed_in("office").get(url).context["form"]
    term = form.fields["term"].queryset.get().pk
    sent = {"term": term, "person": "chancheng", "post": "member", "capacity": "head"}
    return "office", url, sent | {"token": form["token"].value()}


def prepare_a_term(signed_in, person):
    url = reverse("committee:term-new")
    token = signed_in("office").get(url).context["form"]["token"].value()
    return "office", url, {"number": 9, "first_day": "2090-01-01", "last_day": "2094-12-31", "token": token}


def found_a_group(signed_in, person):
    url = reverse("workgroups:group-new")
    token = signed_in("office").get(url).context["form"]["token"].value()
    return "office", url, {"name": "图情小组", "token": token}


def put_somebody_forward(signed_in, person):
    url = reverse("workgroups:membership-new")
    form = signed_in("technical-lead").get(url).context["form"]
    group = form.fields["group"].queryset.get(key="technical").pk
    sent = {"group": group, "person": "chancheng", "post": "member"}
    return "technical-lead", url, sent | {"token": form["token"].value()}


def raise_a_problem(signed_in, person):
    url = reverse("committee:problem-new")
    token = signed_in("branch").get(url).context["form"]["token"].value()
    return "branch", url, {"title": "离线", "kind": "system", "library": "NH002", "text": "两天", "token": token}


def propose_an_institution(signed_in, person):
    url = reverse("committee:institution-new")
    token = signed_in("committee").get(url).context["form"]["token"].value()
    return "committee", url, {"title": "例会制度", "kind": "meetings", "token": token}


def propose_a_plan(signed_in, person):
    url = reverse("committee:systemplan-new")
    token = signed_in("committee").get(url).context["form"]["token"].value()
    years = {"first_year": 2027, "last_year": 2031}
    return "committee", url, {"title": "发展规划", "kind": "long", "token": token, **years}


def propose_a_project(signed_in, person):
    url = reverse("committee:project-new")
    token = signed_in("committee").get(url).context["form"]["token"].value()
    days = {"starts_on": "2026-01-01", "ends_on": "2027-12-31"}
    sent = {
        "title": "平台升级",
        "scope": "city",
        "aim": "统一",
        "lead": "FS001",
        "manager": "technical-lead",
        "budget": "10",
    }
    return "committee", url, sent | days | {"token": token}


def give_a_bulletin(signed_in, person):
    url = reverse("committee:bulletin-new")
    token = signed_in("office").get(url).context["form"]["token"].value()
    return "office", url, {"quarter": "2025-Q4", "token": token}


def propose_something(signed_in, person):
    url = reverse("committee:proposal-new")
    token = signed_in("committee").get(url).context["form"]["token"].value()
    return "committee", url, {"title": "押金政策", "reason": "做法不一", "token": token}


def decide_in_writing(signed_in, person):
    url = reverse("committee:decision-new")
    token = signed_in("office").get(url).context["form"]["token"].value()
    closes_on = (timezone.localdate() + timedelta(days=5)).isoformat()
    return "office", url, {"title": "启用新规则", "text": "同意", "closes_on": closes_on, "token": token}


def note_a_decision(signed_in, person):
    item = last(hold({"office": person("office")}))
    url = reverse("committee:item-decide", args=[item.pk])
    form = signed_in("office").get(url).context["form"]
    sent = {"title": "考评安排", "text": "同意", "method": "consent", "version": item.version}
    return "office", url, sent | {"token": form["token"].value()}


def enter_a_channel(signed_in, person):
    url = reverse("workgroups:channel-new")
    token = signed_in("office").get(url).context["form"]["token"].value()
    return "office", url, {"name": "市级联络群", "platform": "wecom", "token": token}


def enter_a_question(signed_in, person):
    channel = channel_of({"office": person("office")})
    url = reverse("workgroups:question-new")
    token = signed_in("office").get(url).context["form"]["token"].value()
    asked_at = timezone.localtime(timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    return "office", url, {"channel": channel.pk, "text": "如何挂失", "asked_at": asked_at, "token": token}


MAKES = {
    "reports:view-new": ("reports.SavedView", save_a_view),
    "reports:token-new": ("reports.Token", issue_a_token),
    "returns:source-new": ("members.ExportSource", say_how_an_export_is_read),
    "reports:correction-new": ("reports.Correction", correct_a_figure),
    "reports:correction-reopen": ("reports.Correction", reopen_a_figure),
    "chasing:month-chase": ("members.Chase", chase_a_district),
    "returns:check-new": ("members.CheckRow", write_a_check),
    "indicators:formula-new": ("members.Formula", write_a_formula),
    "deputy-list": ("fsul_portal.Deputy", name_a_deputy),
    "document-draft": ("fsul_portal.Document", draft_a_paper),
    "committee:meeting-call": ("committee.Meeting", call_a_meeting),
    "workgroups:coordination:filing-new": ("workgroups.Filing", begin_a_filing),
    "returns:return-edit": ("members.Return", write_a_return),
    "reports:edition-build": ("fsul_portal.Run", build_a_report),
    "calendar-feed-open": ("fsul_portal.Feed", open_a_feed),
    "reports:plan-detail": ("reports.ReportPlan", write_a_plan),
    "robot-new": ("fsul_portal.GroupRobot", add_a_robot),
    "committee:meeting-thresholds": ("committee.Threshold", set_the_thresholds),
    "remark-make": ("fsul_portal.Remark", make_a_remark),
    "link-add": ("fsul_portal.Link", link_two_records),
    "file-attach": ("fsul_portal.Attachment", attach_a_file),
    "committee:proposal-new": ("committee.Proposal", propose_something),
    "committee:decision-new": ("committee.Decision", decide_in_writing),
    "committee:item-decide": ("committee.Decision", note_a_decision),
    "committee:problem-new": ("committee.Problem", raise_a_problem),
    "committee:project-new": ("committee.Project", propose_a_project),
    "committee:bulletin-new": ("committee.ProjectBulletin", give_a_bulletin),
    "committee:systemplan-new": ("committee.Plan", propose_a_plan),
    "committee:institution-new": ("committee.Institution", propose_an_institution),
    "workgroups:channel-new": ("workgroups.Channel", enter_a_channel),
    "workgroups:question-new": ("workgroups.Question", enter_a_question),
    "committee:seat-new": ("committee.Seat", nominate_somebody),
    "committee:term-new": ("committee.Term", prepare_a_term),
    "workgroups:group-new": ("workgroups.Group", found_a_group),
    "workgroups:membership-new": ("workgroups.Membership", put_somebody_forward),
    "admin:members_user_add": ("members.User", open_an_account),
    "admin:fsul_portal_grant_add": ("fsul_portal.Grant", give_a_role),
}


@pytest.mark.parametrize("door", MAKES)
def test_a_form_sent_twice_makes_one(door, signed_in, person):
    model, fill_in = MAKES[door]
    username, url, sent = fill_in(signed_in, person)
    rows, client = apps.get_model(model).objects, signed_in(username)
    before = rows.count()
    for __ in range(2):
        for file in sent.values():
            if hasattr(file, "seek"):
                file.seek(0)
        client.post(url, sent)
    assert rows.count() == before + 1


def test_every_form_that_makes_something_stands_in_the_table():
    posts = {
        line.split(" POST:")[0] for line in permission_table.TABLE.read_text("utf-8").splitlines() if " POST:" in line
    }
    others = {door for door in posts - set(MAKES) - MAKES_NOTHING if not door.startswith(ACT_ON_WHAT_IS_THERE)}
    acts = {door for door in others if door.rsplit(":", 1)[-1].startswith(ACT_ON_WHAT_IS_THERE)}
    assert others - acts == set()
