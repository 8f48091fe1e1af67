"""Hold the way of a return: saved, handed in, accepted or given back, by whom and when (6.2.1 j)."""

import pytest
from django.core.exceptions import PermissionDenied

from fsul_portal.access.actions import grant
from fsul_portal.acts.versions import Stale
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Overtaken
from members.months import actions as months
from members.periods.models import Period
from members.returns import actions
from members.returns.models import Return
from members.returns.rules import may_decide, may_write
from reports.demo.cast import PEOPLE
from tests.members.returns.figures import sound

State = Return.State
EVERYBODY = [one.username for one in PEOPLE]
# Who may do what with the return of NH003 which 南海's editor has begun; everybody else is denied.
MAY = {
    State.DRAFT: {"write": {"nanhai"}, "decide": set()},
    State.SUBMITTED: {"write": set(), "decide": {"nanhai-reviewer"}},
    State.RETURNED: {"write": {"nanhai"}, "decide": set()},
    State.ACCEPTED: {"write": set(), "decide": set()},
}


@pytest.fixture
def in_state(draft, submitted, accepted, person):
    """Bring the return of NH003 into a state."""

    def bring(state):
        if state == State.RETURNED:
            return actions.give_back(submitted(), by=person("nanhai-reviewer"), note="L01?")
        return {State.DRAFT: draft, State.SUBMITTED: submitted, State.ACCEPTED: accepted}[state]()

    return bring


def do(verb, one, by):
    return {
        "save": lambda: actions.save_draft(one.library, one.period, sound(V01=1000), {}, by=by),
        "submit": lambda: actions.submit(one, by=by),
        "accept": lambda: actions.accept(one, by=by),
        "give back": lambda: actions.give_back(one, by=by, note="?"),
    }[verb]()


@pytest.mark.clause("6.2.1 j")
@pytest.mark.parametrize("state", MAY)
def test_each_verb_is_for_its_state_and_its_seat(in_state, person, state):
    one = in_state(state)
    for username in EVERYBODY:
        user = person(username)
        assert bool(may_write(user, one)) == (username in MAY[state]["write"]), username
        assert bool(may_decide(user, one)) == (username in MAY[state]["decide"]), username
        for verb, kind in (("save", "write"), ("submit", "write"), ("accept", "decide"), ("give back", "decide")):
            if username not in MAY[state][kind]:
                with pytest.raises(PermissionDenied):
                    do(verb, one, user)
    one.refresh_from_db()
    assert (one.state, one.figures) == (state, sound())


@pytest.mark.clause("6.2.1 j")
def test_a_return_goes_from_the_library_to_the_district(library, person):
    one = actions.save_draft(library("NH002"), "2026-02", sound(), {"V01": "gate"}, by=person("branch"))
    assert (one.state, one.started_by, one.version) == (State.DRAFT, person("branch"), 1)
    one = actions.submit(one, by=person("branch"))
    assert (one.state, one.submitted_by) == (State.SUBMITTED, person("branch"))
    one = actions.accept(one, by=person("nanhai-reviewer"))
    assert (one.state, one.decided_by) == (State.ACCEPTED, person("nanhai-reviewer"))
    verbs = list(Record.objects.of(one).values_list("verb", flat=True))
    assert verbs == ["acceptance", "submitted", "edited"]


@pytest.mark.checklist("B9")
def test_nobody_accepts_figures_of_their_own(cast, person, library):
    nanhai = person("nanhai")
    grant("district-reviewer", to=nanhai, on=library("NH003").district)
    begun = actions.save_draft(library("NH003"), "2026-02", sound(), {}, by=person("nanhai"))
    with pytest.raises(PermissionDenied, match="of their own"):
        actions.accept(actions.submit(begun, by=person("nanhai")), by=person("nanhai"))
    other = actions.save_draft(library("NH002"), "2026-02", sound(), {}, by=person("branch"))
    other = actions.save_draft(library("NH002"), "2026-02", sound(V01=1100), {}, by=person("nanhai"))
    with pytest.raises(PermissionDenied, match="of their own"):
        actions.accept(actions.submit(other, by=person("branch")), by=person("nanhai"))


def test_nobody_accepts_twice(accepted, person):
    with pytest.raises(Overtaken, match="has decided"):
        actions.accept(accepted(), by=person("nanhai-reviewer"))


@pytest.mark.checklist("B1")
def test_the_other_district_can_do_nothing(submitted, person):
    with pytest.raises(PermissionDenied):
        actions.save_draft(submitted().library, "2026-02", sound(V01=1), {}, by=person("chancheng"))


def test_what_blocks_keeps_a_return_back(draft, person):
    one = draft(L02=9999)
    with pytest.raises(actions.ReturnRefused) as refusal:
        actions.submit(one, by=person("nanhai"))
    assert [finding.rule for finding in refusal.value.findings] == ["part"]
    assert Return.objects.get().state == State.DRAFT


def test_a_question_wants_an_explanation(draft, library, person):
    one = draft(N05=12)
    assert [question["rule"] for question in one.questions] == ["few_days"]
    with pytest.raises(actions.ReturnRefused, match="Open on 12 days only"):
        actions.submit(one, by=person("nanhai"))
    one = actions.save_draft(library("NH003"), "2026-02", sound(N05=12), {"N05": "flood"}, by=person("nanhai"))
    one = actions.submit(one, by=person("nanhai"))
    assert (one.state, one.questions) == (State.SUBMITTED, [])


def test_figures_are_questioned_against_what_was_handed_in_before(draft, accepted, person):
    draft("NH003", "2026-01", V01=9999, R04=800)
    assert draft(period="2026-02").questions == []
    accepted("NH002", "2026-01", R04=800)
    found = draft("NH002", "2026-02", V01=9999)
    assert [(question["code"], question["rule"]) for question in found.questions] == [("V01", "swing_month")]
    with pytest.raises(actions.ReturnRefused, match="Valid cards must be 809"):
        actions.submit(draft("NH002", "2026-02", R04=1), by=person("nanhai"))


def test_an_empty_return_is_not_handed_in(library, person):
    one = actions.save_draft(library("NH003"), "2026-02", {}, {}, by=person("nanhai"))
    with pytest.raises(PermissionDenied, match="no figure"):
        actions.submit(one, by=person("nanhai"))


def test_four_kinds_of_no_number_are_kept(draft, stored):
    draft(V01=0, L01="na", L02="closed", L04=None)
    assert stored("NH003").figures == sound(V01=0, L01="na", L02="closed", L04=None)
    assert "L04" not in stored("NH003").figures


@pytest.mark.checklist("D3")
def test_sent_twice_it_is_handed_in_once(library, person):
    first = actions.hand_in(library("NH003"), "2026-02", sound(), {}, by=person("nanhai"), version=0)
    second = actions.hand_in(library("NH003"), "2026-02", sound(), {}, by=person("nanhai"), version=0)
    assert (first, first.version, second.version) == (second, 2, 2)
    assert Record.objects.of(first).filter(verb="submitted").count() == 1


@pytest.mark.checklist("D5")
def test_a_stale_form_does_not_overwrite(draft, library, person):
    old = draft()
    draft(V01=1111)
    with pytest.raises(Stale):
        actions.save_draft(library("NH003"), "2026-02", sound(V01=2), {}, by=person("nanhai"), version=old.version)
    with pytest.raises(Stale):
        actions.submit(old, by=person("nanhai"), version=old.version)
    assert Return.objects.get().figures["V01"] == 1111


def test_saving_the_same_again_leaves_no_trace(draft):
    first, second = draft(), draft()
    assert (first.version, second.version) == (1, 1)
    assert Record.objects.of(first).count() == 1


def test_whoever_handed_in_is_told_what_to_correct(submitted, person):
    one = actions.give_back(submitted(by="nanhai"), by=person("nanhai-reviewer"), note="L01 is too high.")
    notice = Notice.objects.get()
    assert (notice.recipient, notice.body, notice.link) == (
        person("nanhai"),
        "L01 is too high.",
        one.get_absolute_url(),
    )


@pytest.mark.parametrize(("first", "second"), [("2025", "2025-03"), ("2025-03", "2025")])
def test_a_year_and_its_months_exclude_each_other(library, person, first, second):
    actions.save_draft(library("NH003"), first, sound(), {}, by=person("nanhai"))
    with pytest.raises(PermissionDenied, match="refused"):
        actions.save_draft(library("NH003"), second, sound(), {}, by=person("nanhai"))
    assert list(Return.objects.values_list("period__code", flat=True)) == [first]


def test_the_future_and_the_time_before_a_library_are_refused(library, person):
    with pytest.raises(PermissionDenied, match="has not begun"):
        actions.save_draft(library("NH003"), "2026-04", sound(), {}, by=person("nanhai"))
    with pytest.raises(PermissionDenied, match="did not belong"):
        actions.save_draft(library("NH003"), "2004-12", sound(), {}, by=person("nanhai"))
    assert (Return.objects.count(), Period.objects.count()) == (0, 0)


def test_what_somebody_has_to_look_at_is_not_accepted_in_passing(library, person, submitted):
    one = actions.hand_in(library("NH002"), "2026-02", sound(N05=12), {"N05": "flood"}, by=person("branch"))
    with pytest.raises(PermissionDenied, match="open it and decide"):
        actions.accept_unquestioned(one, by=person("nanhai-reviewer"))
    assert actions.accept_unquestioned(submitted("NH003"), by=person("nanhai-reviewer")).state == State.ACCEPTED


@pytest.mark.clause("6.2.1 j")
def test_a_return_is_recalled_until_the_district_has_answered(submitted, person):
    one = submitted()
    with pytest.raises(PermissionDenied, match="Only whoever submitted it"):
        actions.recall(one, by=person("branch"))
    one = actions.recall(one, by=person("nanhai"))
    assert (one.state, one.received_at) == (Return.State.DRAFT, None)
    accepted = actions.accept(actions.submit(one, by=person("nanhai")), by=person("nanhai-reviewer"))
    with pytest.raises(Overtaken):
        actions.recall(accepted, by=person("nanhai"))


@pytest.mark.clause("6.2.1 j")
@pytest.mark.parametrize("username", EVERYBODY)
def test_an_accepted_return_is_given_back_by_its_district_or_the_office(username, accepted, person):
    one = accepted()
    if username in {"nanhai-reviewer", "office"}:
        assert actions.take_back(one, by=person(username), note="L01?").state == Return.State.RETURNED
        assert Notice.objects.get(recipient=person("nanhai")).body == "L01?"
    else:
        with pytest.raises(PermissionDenied):
            actions.take_back(one, by=person(username), note="L01?")


@pytest.mark.clause("6.2.1 j")
def test_nothing_is_given_back_or_recalled_once_the_month_is_locked(accepted, person, submitted):
    one = accepted()
    months.lock(one.period, by=person("office"), acknowledged=100)
    with pytest.raises(Overtaken, match="is locked"):
        actions.take_back(one, by=person("nanhai-reviewer"), note="L01?")
