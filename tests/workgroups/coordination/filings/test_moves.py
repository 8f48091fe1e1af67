"""Hold the table of moves of a filing: every state, every act, every person of the cast (6.2.1 e)."""

import pytest
from django.db import transaction
from django.utils import translation

from fsul_portal.access.actions import grant, revoke
from fsul_portal.access.models import Grant
from fsul_portal.approvals.models import Matter
from fsul_portal.verdicts import Kind
from members.libraries.models import Division, Library
from reports.demo.cast import PEOPLE
from tests.workgroups.coordination.filings.filings import behind_its_back, fresh, in_days
from workgroups.coordination.filings import actions
from workgroups.coordination.filings.checks.comparisons import compare
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.rules import may_file_for
from workgroups.coordination.filings.verbs import ACTS

State = Filing.State
EVERYBODY = [one.username for one in PEOPLE]
IN_SIGHT = {
    "chair",
    "committee",
    "office",
    "coordination-lead",
    "technical-lead",
    "resources-lead",
    "nanhai",
    "nanhai-reviewer",
}

# Who may do what with the filing that 南海's editor has begun and submitted for NH003. Whoever sees it and is not named
# is denied; for an act of LATE everybody reads that the moment is not right.
MAY = {
    "draft": {"submit": "nanhai", "withdraw": "nanhai"},
    "submitted": {
        "agree": "nanhai-reviewer",
        "give-back": "nanhai-reviewer",
        "refuse": "nanhai-reviewer",
        "recall": "nanhai",
        "withdraw": "nanhai",
    },
    "signed": {
        "agree": "coordination-lead",
        "give-back": "coordination-lead",
        "refuse": "coordination-lead",
        "withdraw": "nanhai",
    },
    "returned": {"submit": "nanhai", "withdraw": "nanhai"},
    "accepted": {"withdraw": "nanhai"},
    "overdue": {"carry-out": "coordination-lead", "withdraw": "nanhai"},
    "in_force": {},
    "refused": {},
    "withdrawn": {},
}
OPINIONS = {"agree", "give-back", "refuse", "enter-decision"}
LATE = {
    "draft": {"recall", *OPINIONS},
    "submitted": {"submit"},
    "signed": {"submit", "recall"},
    "returned": {"recall", *OPINIONS},
    "accepted": {"submit", "recall", *OPINIONS},
    "overdue": {"submit", "recall", *OPINIONS},
    "in_force": {"submit", "withdraw", "carry-out", "recall", *OPINIONS},
    "refused": {"submit", "withdraw", "recall", *OPINIONS},
    "withdrawn": {"submit", "withdraw", "recall", *OPINIONS},
}
# Who comes at the wrong moment, but has the right: too early, or a second time.
EARLY_OR_AGAIN = {
    "draft": {"carry-out": {"coordination-lead"}},
    "submitted": {
        "carry-out": {"coordination-lead"},
        "enter-decision": {"nanhai-reviewer", "coordination-lead"},
        **{key: {"coordination-lead"} for key in ("agree", "give-back", "refuse")},
    },
    "signed": {
        "carry-out": {"coordination-lead"},
        "enter-decision": {"nanhai-reviewer", "coordination-lead"},
        **{key: {"nanhai-reviewer"} for key in ("agree", "give-back", "refuse")},
    },
    "returned": {"carry-out": {"coordination-lead"}},
    "accepted": {"carry-out": {"coordination-lead"}},
    "refused": {"carry-out": {"coordination-lead"}},
    "withdrawn": {"carry-out": {"coordination-lead"}},
}
LEADS_TO = {
    "submit": State.SUBMITTED,
    "give-back": State.RETURNED,
    "refuse": State.REFUSED,
    "withdraw": State.WITHDRAWN,
    "carry-out": State.IN_FORCE,
    "recall": State.DRAFT,
}


@pytest.fixture
def filing_in(draft, submitted, signed, approved, person):
    """Bring a filing into one of the situations of the table."""

    def overdue():
        filing = approved(day=in_days(1))
        Filing.objects.filter(pk=filing.pk).update(effective_on=in_days(0))
        behind_its_back("NH003", in_days(0), address="大沥临时路1号")
        return filing

    situations = {
        "draft": draft,
        "submitted": submitted,
        "signed": signed,
        "returned": lambda: actions.give_back(submitted(), by=person("nanhai-reviewer"), note="补正"),
        "accepted": approved,
        "overdue": overdue,
        "in_force": lambda: approved(day=in_days(0)),
        "refused": lambda: actions.refuse(submitted(), by=person("nanhai-reviewer"), note="不符"),
        "withdrawn": lambda: actions.withdraw(submitted(), by=person("nanhai")),
    }
    return lambda situation: fresh(situations[situation]())


def outcome(verb, user, filing):
    if not Filing.objects.visible_to(user).filter(pk=filing.pk).exists():
        return "unseen"
    verdict = ACTS[verb].rule(user, filing)
    if verdict:
        return "allowed"
    return "denied" if verdict.kind is Kind.NO_RIGHT else "late"


def expected(situation, verb, username):
    if username not in IN_SIGHT:
        return "unseen"
    if verb in LATE[situation] or username in EARLY_OR_AGAIN.get(situation, {}).get(verb, ()):
        return "late"
    return "allowed" if MAY[situation].get(verb) == username else "denied"


@pytest.mark.clause("6.2.1 e")
@pytest.mark.checklist("B9")
@pytest.mark.parametrize("situation", MAY)
def test_every_person_may_do_in_every_state_exactly_what_the_table_says(situation, filing_in, person):
    filing = filing_in(situation)
    table = {(verb, name): expected(situation, verb, name) for verb in ACTS.verbs for name in EVERYBODY}
    assert {(verb, name): outcome(verb, person(name), filing) for verb, name in table} == table


@pytest.mark.clause("6.2.1 e")
@pytest.mark.parametrize("situation", MAY)
def test_what_is_allowed_leads_where_it_should(situation, filing_in, person):
    filing = filing_in(situation)
    for verb, username in MAY[situation].items():
        with transaction.atomic():
            extra = {"seen": compare(filing).digest} if verb in {"agree", "carry-out"} else {}
            extra |= {"checked": True} if verb == "submit" else {}
            done = ACTS[verb].act(filing, by=person(username), note="说明", **extra)
            reached = State.SUBMITTED if situation == "submitted" and verb == "agree" else State.ACCEPTED
            assert done.state == LEADS_TO.get(verb, reached)
            assert done.can_become(done.state) is False
            transaction.set_rollback(True)


@pytest.mark.parametrize("situation", MAY)
def test_the_page_offers_only_acts_of_that_state(situation, filing_in, person):
    filing = filing_in(situation)
    offered = {verb.key for verb in ACTS.offered(filing)}
    assert set(MAY[situation]) <= offered
    assert not offered & LATE[situation]


@pytest.mark.parametrize(("state", "others"), Filing.MOVES.items())
def test_every_move_of_a_filing_is_one_of_the_grammar_or_its_own_exception(state, others):
    own = {State.WITHDRAWN} if state == State.ACCEPTED else set()
    assert others == Matter.MOVES[state] | own


@pytest.mark.clause("6.2.1 e")
@pytest.mark.checklist("B9")
def test_nobody_signs_what_he_has_edited_himself(submitted, draft, person, library):
    both = person("nanhai-reviewer")
    grant("district-editor", to=both, on=library("NH003").district)
    filing = draft()
    asked = {"effective_on": filing.effective_on, "reason": "改", "requested": filing.requested}
    filing = actions.edit(filing, by=both, version=filing.version, asked=asked)
    filing = actions.submit(filing, by=person("nanhai"))
    with translation.override("en"):
        verdict = ACTS["agree"].rule(person("nanhai-reviewer"), filing)
        assert (bool(verdict), verdict.sentence) == (False, "Nobody reviews a matter of their own.")
    assert not Filing.objects.open_to(person("nanhai-reviewer")).exists()


@pytest.mark.clause("6.2.1 e")
def test_the_lead_of_another_group_reads_whose_turn_it_is(signed, person):
    with translation.override("en"):
        verdict = ACTS["agree"].rule(person("technical-lead"), signed())
    assert verdict.sentence == "It is the turn of: lead of the coordination group."


@pytest.mark.parametrize("situation", MAY)
def test_the_queue_holds_what_waits_for_exactly_that_person(situation, filing_in, person):
    filing = filing_in(situation)
    waiting = {name for name in EVERYBODY if Filing.objects.open_to(person(name)).filter(pk=filing.pk).exists()}
    assert waiting == ({MAY[situation]["agree"]} if "agree" in MAY[situation] else set())


@pytest.mark.clause("6.2.1 e")
def test_a_branch_files_for_itself_and_for_no_other_library(person, library):
    branch = person("branch")
    assert [code for code in ("NH001", "NH002", "NH003", "CC002") if may_file_for(branch, library(code))] == ["NH002"]


@pytest.mark.checklist("B7")
def test_the_rights_move_with_the_library(submitted, person):
    filing = submitted()
    away = {"district": Division.objects.get(code="440604"), "town": None}
    behind_its_back("NH003", in_days(0), parent=Library.objects.get(code="CC001"), **away)
    seen_by = [name for name in ("nanhai", "chancheng") if Filing.objects.visible_to(person(name)).exists()]
    assert seen_by == ["chancheng"]
    assert not ACTS["agree"].rule(person("nanhai-reviewer"), fresh(filing))


@pytest.mark.checklist("B6")
def test_a_role_that_ends_ends_the_right_to_sign(submitted, person):
    filing = submitted()
    revoke(Grant.objects.in_force().get(person=person("nanhai-reviewer"), role="district-reviewer"), by=person("admin"))
    assert outcome("agree", person("nanhai-reviewer"), filing) == "unseen"
