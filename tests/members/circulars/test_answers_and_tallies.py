"""Hold who may do what with a circular and why not, its questions and answers, its tallies, and who is told when."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fsul_portal.access.actions import grant
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Closed, Kind, NotNow, Overtaken, Refusal, Unready
from members.circulars import actions, letters, rules
from members.circulars.models import Circular
from members.circulars.questions import AnswerForm, faults_of, read_answers
from members.circulars.tallies import Tally, answer_table, summary, tallies
from tests.english import in_english
from tests.small.circular import Bulletin, BulletinCopy
from tests.small.situations import bulletin

__all__ = ["in_english"]
pytestmark = pytest.mark.usefixtures("in_english")
State, Asks = Circular.State, Circular.Asks
DAY = timedelta(days=1)
TEXT = {"key": "why", "title": "原因", "kind": "text"}
NUMBER = {"key": "count", "title": "数量", "kind": "number"}
CHOICE = {"key": "state", "title": "状态", "kind": "choice", "choices": ["好", "坏"]}
A_DAY = {"key": "since", "title": "日期", "kind": "day"}


@pytest.fixture(autouse=True)
def a_wednesday(time_machine):
    time_machine.move_to("2026-03-04T09:00:00+08:00", tick=False)


@pytest.fixture
def office(person):
    return person("office")


@pytest.fixture
def send(office):
    return lambda **facts: actions.send(bulletin(office, **facts), by=office)


def copy_of(circular, code):
    return circular.copies.get(library__code=code)


def told(circular):
    """Return {subject: user names} of what was told of a circular."""
    found = {}
    for notice in Notice.objects.filter(key__contains=f":{circular.pk}:").select_related("recipient"):
        found.setdefault(notice.subject, set()).add(notice.recipient.username)
    return found


def findings(act, *args, **said):
    with pytest.raises(Unready) as refused:
        act(*args, **said)
    return [(one.field, one.sentence) for one in refused.value.findings]


@pytest.mark.parametrize("rule", ["write", "send", "nudge", "close", "withdraw"])
def test_whoever_is_asked_sends_nothing(rule, send, person):
    verdict = getattr(rules, f"may_{rule}")(person("nanhai"), send())
    assert (verdict.kind, verdict.sentence) == (Kind.NO_RIGHT, "This is for: secretary of the coordination office.")


def test_a_circular_is_changed_until_it_is_sent(office):
    draft = bulletin(office)
    changed = actions.change(draft, by=office, title="通知二", version=draft.version)
    with pytest.raises(Overtaken, match="何秘书 changed this at 2026-03-04 09:00"):
        actions.change(draft, by=office, title="通知三", version=draft.version)
    assert (changed.title, Record.objects.of(draft).first().before["title"]) == ("通知二", "通知")
    actions.send(changed, by=office)
    with pytest.raises(Overtaken, match=r"It is sent\."):
        actions.change(draft, by=office, title="x")


def test_one_form_sent_twice_writes_one_circular(office):
    made = [bulletin(office, form_token="t") for __ in range(2)]
    assert (made[0], Record.objects.of(made[0]).count()) == (made[1], 1)


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False)])
def test_nothing_is_asked_by_a_day_that_is_over(days, refused, office):
    draft = bulletin(office, due_on=timezone.localdate() + days * DAY)
    if refused:
        assert findings(actions.send, draft, by=office) == [("due_on", "This day is over.")]
        assert (BulletinCopy.objects.count(), told(draft)) == (0, {})
    else:
        assert actions.send(draft, by=office).state == State.SENT


def test_every_code_that_is_not_there_is_named_once(office):
    draft = bulletin(office, to_libraries=["XX9", "NH002", "XX9"], to_below=["YY9"])
    assert findings(actions.send, draft, by=office) == [
        ("to_libraries", "These libraries do not belong to the system today: XX9, YY9.")
    ]


def test_a_library_named_twice_gets_one_copy_and_its_place_in_the_tree(send):
    sent = send(to_libraries=["NH004", "NH004"], to_below=["NH002"])
    rows = sent.copies.order_by("library__code").values_list("library__code", "above")
    assert list(rows) == [("NH002", "FS001/NH001"), ("NH004", "FS001/NH001/NH002")]
    with pytest.raises(IntegrityError), transaction.atomic():
        BulletinCopy.objects.create(circular=sent, library=copy_of(sent, "NH002").library)


def test_those_who_answer_for_the_libraries_are_told_and_nobody_else(send, office):
    sent = send(to_below=["NH001"])
    assert told(sent) == {"Circular: 通知": {"nanhai", "branch"}}
    assert Notice.objects.filter(subject="Circular: 通知").first().body == "Due on: 4 March 2026"
    actions.withdraw(sent, by=office, note="有误")
    assert told(sent)["Withdrawn: 通知"] == {"nanhai", "branch"}


def test_of_a_draft_that_is_withdrawn_nobody_is_told(office):
    draft = actions.withdraw(bulletin(office), by=office, note="x")
    assert (draft.state, told(draft)) == (State.WITHDRAWN, {})


@pytest.mark.parametrize(("asks", "pair"), [(Asks.CONFIRMED, "confirmed"), (Asks.DONE, "done")])
def test_whoever_confirms_or_answers_has_read_it(asks, pair, send, person):
    act = {Asks.CONFIRMED: actions.confirm, Asks.DONE: actions.answer}[asks]
    copy = act(copy_of(send(asks=asks), "NH002"), by=person("branch"))
    assert (copy.read_by, getattr(copy, f"{pair}_by")) == (person("branch"), person("branch"))
    assert [record.verb for record in Record.objects.of(copy)] == [f"circular {pair}"]


def test_the_first_who_opens_it_for_the_library_has_read_it(send, person):
    copy = copy_of(send(), "NH002")
    for name in ("branch", "nanhai"):
        actions.mark_read(copy, by=person(name))
    copy.refresh_from_db()
    assert (copy.read_by, Record.objects.of(copy).count(), str(copy)) == (
        person("branch"),
        1,
        f"通知 · {copy.library}",
    )
    with pytest.raises(Refusal, match="This is for: editor of the library"):
        actions.mark_read(copy, by=person("chancheng"))


def test_who_was_given_the_library_since_answers_for_it(send, person):
    sent = send(asks=Asks.DONE)
    grant("library-editor", to=person("observer"), on=copy_of(sent, "NH003").library)
    assert rules.may_answer(person("observer"), copy_of(sent, "NH003"))
    assert not rules.may_answer(person("observer"), copy_of(sent, "NH002"))


def test_an_answer_given_already_says_by_whom_and_when(send, person):
    copy = actions.confirm(copy_of(send(asks=Asks.CONFIRMED), "NH002"), by=person("branch"))
    verdict = rules.may_confirm(person("nanhai"), copy)
    assert (verdict.kind, verdict.sentence) == (
        Kind.OVERTAKEN,
        "冯分馆 has answered for this library already, at 2026-03-04 09:00.",
    )


@pytest.mark.parametrize("act", [actions.confirm, actions.answer, actions.mark_read])
def test_nobody_answers_what_is_closed(act, send, office, person):
    sent = send(asks=Asks.DONE)
    actions.close(sent, by=office)
    with pytest.raises(Closed, match=r"It is closed\."):
        act(copy_of(sent, "NH002"), by=person("branch"))


def test_nobody_is_nudged_or_waited_for_before_it_is_sent(office):
    for act in (actions.nudge, actions.close):
        with pytest.raises(NotNow, match=r"It is draft\."):
            act(bulletin(office), by=office)


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        ([{"title": "x", "kind": "text"}], "Each field needs a name of its own."),
        ([{"key": "", "title": "x", "kind": "text"}], "Each field needs a name of its own."),
        ([{"key": "a", "kind": "text"}], "Each field needs a title and one of the known kinds."),
        ([{"key": "a", "title": "", "kind": "text"}], "Each field needs a title and one of the known kinds."),
        ([{"key": "a", "title": "x"}], "Each field needs a title and one of the known kinds."),
        ([{"key": "a", "title": "x", "kind": "choice", "choices": []}], "A choice needs something to choose from."),
    ],
)
def test_what_is_wrong_with_questions_is_said(questions, sentence):
    assert [(one.field, one.sentence) for one in faults_of(questions)] == [("questions", sentence)]


def test_twenty_sound_questions_of_every_kind_are_asked():
    assert faults_of([{**one, "key": str(at)} for at, one in enumerate([TEXT, NUMBER, CHOICE, A_DAY] * 5)]) == []


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        (TEXT, "  "),
        (TEXT, "x" * 2001),
        (NUMBER, "NaN"),
        (NUMBER, "1e99"),
        (NUMBER, "1.234"),
        (NUMBER, "三"),
        (CHOICE, "一般"),
        (CHOICE, ""),
        (A_DAY, "2026-02-30"),
        (A_DAY, None),
    ],
)
def test_an_answer_that_does_not_fit_its_question_is_refused_at_it(question, typed):
    found = findings(read_answers, [question], {question["key"]: typed})
    assert [field for field, __ in found] == [question["key"]]


@pytest.mark.parametrize("question", [TEXT, NUMBER, CHOICE, A_DAY])
def test_what_may_stay_empty_stays_empty(question):
    assert read_answers([{**question, "optional": True}], {}) in ({question["key"]: None}, {question["key"]: ""})


def test_what_was_not_asked_is_not_kept():
    assert read_answers([NUMBER], {"count": "2", "state": "好"}) == {"count": Decimal(2)}


def test_the_form_asks_each_question_by_its_title_and_gives_the_answers(send):
    copy = copy_of(send(asks=Asks.DONE, questions=[NUMBER, CHOICE]), "NH002")
    form = AnswerForm(copy, {"count": "2.5", "state": "坏", "other": "x"})
    assert {name: str(field.label) for name, field in form.fields.items()} == {"count": "数量", "state": "状态"}
    assert form.is_valid()
    assert form.answers() == {"answers": {"count": Decimal("2.5"), "state": "坏"}}


def test_answers_come_up_as_data_and_empty_ones_add_nothing(send, person):
    questions = [{**NUMBER, "optional": True}, {**CHOICE, "optional": True}, {**TEXT, "optional": True}, A_DAY]
    sent = send(asks=Asks.DONE, questions=questions)
    said = {
        "NH002": {"count": "1.5", "since": "2026-01-02", "why": "<b>=1+1</b>"},
        "NH003": {"since": "2026-01-03", "state": "坏"},
        "NH004": {"count": "2", "since": "2026-01-04", "state": "坏"},
    }
    for code, answers in said.items():
        actions.answer(copy_of(sent, code), by=person("nanhai"), answers=answers)
    heads, rows = answer_table(sent)
    assert heads == ["数量", "状态", "原因", "日期"]
    assert [[row[0], *row[2:]] for row in rows] == [
        ["NH002", "1.5", "", "<b>=1+1</b>", "2026-01-02"],
        ["NH003", None, "坏", "", "2026-01-03"],
        ["NH004", "2", "坏", "", "2026-01-04"],
    ]
    assert summary(sent) == {"count": Decimal("3.5"), "state": {"好": 0, "坏": 2}}
    after = Record.objects.of(copy_of(sent, "NH002")).get().after
    assert after == {"answers": {"count": "1.5", "state": "", "why": "<b>=1+1</b>", "since": "2026-01-02"}}


def test_what_nobody_answered_comes_to_nothing(send, django_assert_num_queries):
    sent = send(asks=Asks.DONE, questions=[NUMBER, CHOICE])
    assert (summary(sent), answer_table(sent)) == (
        {"count": Decimal(0), "state": {"好": 0, "坏": 0}},
        (["数量", "状态"], []),
    )
    with django_assert_num_queries(2):
        answer_table(sent)
    with django_assert_num_queries(1):
        summary(sent)


@pytest.mark.parametrize(("asks", "counted"), [(Asks.READ, "read"), (Asks.CONFIRMED, "confirmed"), (Asks.DONE, "done")])
def test_late_is_counted_by_what_is_asked_from_the_day_after(asks, counted, send, person, time_machine):
    sent = send(asks=asks, to_below=["NH001"])
    act = {Asks.READ: actions.mark_read, Asks.CONFIRMED: actions.confirm, Asks.DONE: actions.answer}[asks]
    time_machine.move_to("2026-03-04T23:59:00+08:00", tick=False)
    in_time = act(copy_of(sent, "NH002"), by=person("branch"))
    time_machine.move_to("2026-03-05T00:00:00+08:00", tick=False)
    late = act(copy_of(sent, "NH003"), by=person("nanhai"))
    assert [one.is_late for one in (in_time, late, copy_of(sent, "NH004"))] == [False, True, True]
    numbers = {"read": 2, counted: 2}
    assert tallies(sent)["NH001"] == Tally(asked=4, late=1, **numbers)
    assert {one.library.code for one in sent.outstanding()} == {"NH001", "NH004"}


def test_a_circular_sent_shortly_before_its_day_is_told_of_only_from_then_on(send):
    sent = send(asks=Asks.DONE, due_on=date(2026, 3, 5))
    days = [date(2026, 3, day) for day in (4, 5, 6, 7)]
    assert [len(letters.remind(Bulletin, day)) for day in days] == [0, 2, 2, 0]
    assert set(told(sent)) == {"Circular: 通知", "Not done yet: 通知"}


@pytest.mark.parametrize("end", [actions.close, actions.withdraw])
def test_nobody_is_reminded_of_what_has_ended(end, send, office):
    sent = send(asks=Asks.DONE)
    end(sent, by=office, note="x")
    assert letters.remind(Bulletin, sent.due_on) == []
