"""A report goes from the draft over remarks and review to the published edition, and names who signed it."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pypdf import PdfReader

from committee.decisions.actions import ask_in_writing, vote
from committee.decisions.grounds.actions import ground_of
from committee.decisions.models import DECIDES
from committee.decisions.tasks import close_votes
from fsul_portal.approvals.models import Turn
from fsul_portal.links.actions import link
from fsul_portal.notices.models import Notice
from fsul_portal.remarks.actions import answer, remark
from fsul_portal.runs.claims import Claim
from fsul_portal.runs.models import Run
from fsul_portal.verdicts import NotNow, Refusal, Unready
from reports.editions import actions
from reports.editions.life import actions as life
from reports.editions.life.room import annual_report
from reports.editions.life.rules import may_publish, may_submit
from reports.editions.models import WRITE_TASK, Edition
from reports.editions.rewriting import take_up
from reports.editions.tasks import write_edition

MARCH = "2025-03"
MONTHS = [f"2025-{month:02}" for month in range(1, 13)]


@pytest.fixture
def monthly(reported, period):
    """Return the finished draft of a monthly report."""
    reported("NH001", MARCH, V01=12)
    period(MARCH, locked=True)
    return actions.build_edition("monthly", MARCH)


@pytest.fixture
def annual(reported, period):
    """Return the finished draft of an annual report."""
    for month in MONTHS:
        reported("NH001", month, V01=12)
        period(month, locked=True)
    return actions.build_edition("annual", "2025")


def fresh(edition):
    return Edition.objects.get(pk=edition.pk)


def bytes_of(document):
    with document.open("rb") as opened:
        return opened.read()


def text_of(document):
    """Return the words of a stored PDF, without the ways in which lines break."""
    with document.open("rb") as opened:
        told = "".join(page.extract_text() for page in PdfReader(opened).pages)
    return "".join(told.split())


def subjects(person):
    return list(Notice.objects.filter(recipient=person, kind="report").values_list("subject", flat=True))


@pytest.mark.clause("6.2.1 j")
def test_a_monthly_report_is_published_once_the_lead_of_the_coordination_group_approved_it(monthly, person):
    office, lead = person("office"), person("coordination-lead")
    with pytest.raises(PermissionDenied):
        life.publish(monthly, by=office)
    life.submit(monthly, by=office)
    assert subjects(lead) == ["有报告待您审核：2025年3月月报（第1版）"]
    for stranger in ("office", "chair", "technical-lead", "committee"):
        with pytest.raises(PermissionDenied):
            life.agree(monthly, by=person(stranger))
    approved = life.agree(monthly, by=lead)
    assert (approved.state, approved.is_finished) == ("accepted", False)
    assert may_publish(office, fresh(monthly)).sentence == "该版本的文件尚未生成完毕。"
    write_edition(Run.objects.get(task=WRITE_TASK).pk)
    published = life.publish(monthly, by=office)
    assert (published.state, published.published_by, published.standing.label) == ("in_force", office, "已发布")


@pytest.mark.clause("6.1 d")
def test_an_annual_report_is_open_to_remarks_until_a_day_and_goes_to_review_when_each_is_answered(
    annual, person, time_machine
):
    office, member = person("office"), person("committee")
    time_machine.move_to("2026-02-02 09:00 +0800", tick=False)
    assert may_submit(office, annual).sentence == "请先就初稿征求专委会意见。"
    draft = life.consult(annual, by=office, until=date(2026, 2, 10))
    assert subjects(member) == ["报告初稿征求意见：2025年年报（第1版）"]
    said = remark(draft, "请补充流动图书馆的情况。", by=member)
    with pytest.raises(PermissionDenied):
        remark(draft, "x", by=person("nanhai"))
    assert "2026年2月10日" in may_submit(office, fresh(draft)).sentence
    time_machine.move_to("2026-02-11 09:00 +0800", tick=False)
    assert may_submit(office, fresh(draft)).sentence == "还有1条意见未答复。"
    answer(said, "已补充。", by=office)
    submitted = life.submit(draft, by=office)
    with pytest.raises(Refusal):
        remark(submitted, "来不及了", by=member)
    assert [turn.key for turn in Turn.objects.open()] == ["report_review"]
    with pytest.raises(NotNow):
        life.agree(submitted, by=person("chair"))
    life.agree(submitted, by=person("coordination-lead"))
    approved = life.agree(submitted, by=person("chair"))
    assert (approved.state, approved.decided_by) == ("accepted", person("chair"))


@pytest.mark.clause("6.1 d")
def test_the_chair_approves_on_the_decision_about_the_report_where_there_is_one(annual, person, time_machine):
    time_machine.move_to("2026-02-02 09:00 +0800", tick=False)
    office, chair = person("office"), person("chair")
    draft = life.consult(annual, by=office, until=date(2026, 2, 3))
    asked = {"title": "同意年报", "text": "同意。", "closes_on": date(2026, 2, 3), "clause": "6.1 d", "by": office}
    decision = ask_in_writing(**asked)
    link(decision, draft, DECIDES, by=None)
    vote(decision, choice="for", by=person("committee"))
    time_machine.move_to("2026-02-04 09:00 +0800", tick=False)
    submitted = life.submit(draft, by=office)
    life.agree(submitted, by=person("coordination-lead"))
    with pytest.raises(Unready, match="仍在书面表决"):
        life.agree(submitted, by=chair)
    close_votes(date(2026, 2, 4))
    life.agree(submitted, by=chair)
    ground = ground_of(fresh(submitted))
    decision.refresh_from_db()
    assert (ground.number, ground.day, ground.is_typed) == (decision.number, date(2026, 2, 3), False)
    assert actions.signatures(fresh(submitted))["signed"]["decision"] == ground.number


def test_what_is_given_back_is_written_anew_and_put_to_review_again(monthly, person):
    life.submit(monthly, by=person("office"))
    returned = life.give_back(monthly, by=person("coordination-lead"), note="到馆人次请核对")
    assert (returned.state, subjects(person("office"))) == ("returned", ["报告已退回补正：2025年3月月报（第1版）"])
    assert life.submit(monthly, by=person("office")).state == "submitted"
    assert life.recall(monthly, by=person("office")).state == "draft"


@pytest.mark.clause("6.2.1 j")
def test_a_draft_says_so_and_the_published_report_names_who_signed_it(annual, person, time_machine):
    assert "送审稿" in text_of(annual.pdf)
    time_machine.move_to("2026-02-02 09:00 +0800", tick=False)
    draft = life.consult(annual, by=person("office"), until=date(2026, 2, 3))
    time_machine.move_to("2026-02-04 09:00 +0800", tick=False)
    life.submit(draft, by=person("office"))
    life.agree(draft, by=person("coordination-lead"))
    life.agree(draft, by=person("chair"))
    final = actions.write_missing(fresh(annual))
    told = text_of(final.pdf)
    assert "送审稿" not in told
    for label, name in (("编制人", "office"), ("审核人", "coordination-lead"), ("签发人", "chair")):
        assert label in told
        assert str(person(name)) in told
    assert "2026年2月4日" in told


def test_the_same_texts_and_signers_make_the_same_bytes(monthly, approved):
    final = approved(monthly)
    first = bytes_of(final.pdf)
    Edition.objects.filter(pk=final.pk).update(pdf="")
    assert bytes_of(actions.write_missing(fresh(final)).pdf) == first


def test_a_later_edition_replaces_the_published_one_and_closes_the_draft_before_it(
    monthly, published, reported, person
):
    published(monthly)
    reported("NH001", MARCH, V01=13)
    second = actions.build_edition("monthly", MARCH)
    assert Edition.objects.with_builders().get(pk=monthly.pk).standing.label == "已发布"
    reported("NH001", MARCH, V01=14)
    third = actions.build_edition("monthly", MARCH)
    assert may_submit(person("office"), second).way.url == third.get_absolute_url()
    published(third)
    assert Edition.objects.with_builders().get(pk=monthly.pk).standing.label == "已被新版代替"


def test_a_provisional_edition_goes_nowhere(reported, period, person):
    reported("NH001", MARCH, V01=12)
    edition = actions.build_edition("monthly", MARCH)
    assert may_submit(person("office"), edition).sentence.startswith("本版为初步数据")
    assert may_publish(person("office"), edition).sentence.startswith("本版为初步数据")


def test_documents_whose_writing_was_interrupted_are_taken_up_once(monthly, approved, person):
    Edition.objects.filter(pk=monthly.pk).update(pdf="", xlsx="")
    runs = {take_up(fresh(monthly), by=person("office")).pk for __ in range(2)}
    assert len(runs) == 1
    write_edition(runs.pop())
    assert fresh(monthly).is_finished
    with pytest.raises(PermissionDenied):
        take_up(fresh(monthly), by=person("office"))


def test_what_was_written_of_other_words_meanwhile_is_left_away(monthly, person, monkeypatch):
    Edition.objects.filter(pk=monthly.pk).update(pdf="")
    edition = fresh(monthly)
    Edition.objects.filter(pk=monthly.pk).update(texts={"plans": {"zh-hans": "另文"}})
    actions.write_missing(edition)
    assert fresh(monthly).pdf.name == ""


class WritesMeanwhile(Claim):
    """A run at which somebody changes the words of the report once its writing has begun."""

    def tell(self, *step):
        edition = Edition.objects.filter(kind="monthly").first()
        if edition and not edition.texts and len(step) > 2 and step[0] > 4:
            Edition.objects.filter(pk=edition.pk).update(texts={"plans": {"zh-hans": "另文"}})
        super().tell(*step)


def test_whoever_had_a_report_built_is_not_told_that_it_is_ready_when_its_words_have_changed(reported, period, person):
    reported("NH001", MARCH, V01=12)
    period(MARCH, locked=True)
    told = []
    for claims in (WritesMeanwhile, Claim):
        run = actions.request_edition("monthly", MARCH, by=person("office"))
        with claims.take(run.pk) as claim:
            actions.build_by_run(claim)
        told.append(Notice.objects.get(recipient=person("office"), key=f"run:{run.pk}:done").subject)
    assert told == ["2025年3月月报（第1版）：生成期间文字有改动，正在重新印制文件", "2025年3月月报（第1版）已生成"]
    assert fresh(Edition.objects.get()).is_finished


@pytest.mark.clause("6.2.1 j")
def test_several_reports_are_put_to_review_approved_and_published_at_once(reported, period, person, signed_in):
    for month in ("2025-03", "2025-04", "2025-05"):
        reported("NH001", month, V01=12)
        period(month, locked=True)
        actions.build_edition("monthly", month)
    keys = list(Edition.objects.order_by("period").values_list("pk", flat=True))

    def take(name, act, chosen):
        address = reverse("reports:edition-several", args=[act])
        client = signed_in(name)
        shown = client.get(address).content.decode().count('name="edition"')
        client.post(address, {"edition": chosen})
        return shown

    assert take("office", "submit", keys) == 3
    assert take("coordination-lead", "agree", keys[:2]) == 3
    for edition in Edition.objects.filter(state="accepted"):
        actions.write_missing(edition)
    # What is not approved is not published, whatever was sent.
    assert take("office", "publish", keys) == 2
    assert list(Edition.objects.order_by("period").values_list("state", flat=True)) == [
        "in_force",
        "in_force",
        "submitted",
    ]
    assert take("nanhai", "publish", keys) == 0


@pytest.mark.clause("6.1 d")
def test_the_annual_report_holds_its_duty_from_its_publication_on_and_is_late_after_march(annual, person):
    assert annual_report(date(2026, 1, 1)).standing == "no_record"
    Edition.objects.filter(pk=annual.pk).update(frozen_at=datetime(2026, 2, 1, tzinfo=UTC))
    assert [annual_report(date(2026, *day)).standing for day in ((3, 31), (4, 1))] == ["at_risk", "not_held"]
    when = datetime(2026, 4, 20, 9, tzinfo=UTC)
    Edition.objects.filter(pk=annual.pk).update(state="in_force", published_at=when, published_by=person("office"))
    assert [annual_report(date(2026, 4, day)).standing for day in (19, 20)] == ["not_held", "held"]
