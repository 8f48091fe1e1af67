"""Hold that what the committee enters as decided rests on a decision of the register (6.1 a, 6.1 b, 6.1 c)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from committee.decisions import actions
from committee.decisions.grounds.actions import ground_of, grounded
from committee.documents.actions import enter_decision
from committee.projects.actions import decide
from fsul_portal.links.actions import link, links_of
from fsul_portal.verdicts import Unready
from tests.committee.decisions.stage import asked, noted, standing
from tests.committee.institutions.stage import submitted as institution
from tests.committee.items.stage import ROLL, hold, last
from tests.committee.plans.stage import submitted as plan
from tests.committee.projects.stage import proposed as project
from tests.minutes import signed

ABSENT = [*ROLL[:1], *({"name": name, "unit": name, "presence": "absent"} for name in "甲乙丙")]


@pytest.mark.parametrize(
    ("made", "enter"),
    [
        pytest.param(institution, enter_decision, marks=pytest.mark.clause("6.1 a")),
        pytest.param(plan, enter_decision, marks=pytest.mark.clause("6.1 b")),
        pytest.param(project, decide, marks=pytest.mark.clause("6.1 c")),
    ],
)
def test_number_and_day_come_from_the_register_and_both_pages_lead_to_the_other(cast, made, enter):
    decision, thing = standing(cast), made(cast)
    thing = enter(thing, by=cast["chair"], decision=decision)
    ground = ground_of(thing)
    assert (ground.number, ground.day, ground.is_typed) == (decision.number, decision.decided_on, False)
    chair = cast["chair"]
    assert [(str(one.words), one.thing) for one in links_of(thing, to=chair)] == [("Was decided by", decision)]
    assert [(str(one.words), one.thing) for one in links_of(decision, to=chair)] == [("Decides about", thing)]


@pytest.mark.clause("6.1 a")
@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (noted, "are not signed"),
        (asked, "being voted on in writing"),
        (lambda cast: standing(cast, roll=ABSENT), "without quorum"),
        (lambda cast: standing(cast, method="vote", counts={"for": 0, "against": 2, "abstained": 0}), "not carried"),
        (lambda cast: actions.repeal(standing(cast), by=cast["office"], note="不再适用"), "repealed"),
    ],
    ids=["noted", "open", "without quorum", "not carried", "repealed"],
)
def test_what_is_not_in_force_bears_nothing_and_the_sentence_says_why(cast, made, sentence):
    decision, paper = made(cast), institution(cast)
    with pytest.raises(Unready, match=sentence):
        enter_decision(paper, by=cast["chair"], decision=decision)
    paper.refresh_from_db()
    assert paper.state == "submitted"


@pytest.mark.clause("6.1 a")
def test_only_what_is_older_than_the_register_is_typed_and_its_page_says_so(cast, signed_in):
    decision, today = standing(cast), timezone.localdate()
    with pytest.raises(Unready, match="goes back to"):
        grounded(None, "议定〔2026〕3号", today)
    with pytest.raises(Unready, match="give its day too"):
        grounded(None, "议定〔2026〕3号")
    assert grounded(None, decision.number.lower()).decision == decision
    typed = {"number": "专委会〔2019〕3号", "day": today - timedelta(days=2000)}
    old = enter_decision(institution(cast), by=cast["chair"], **typed)
    assert ground_of(old).is_typed
    page = signed_in("chair").get(old.get_absolute_url()).content.decode()
    assert ("专委会〔2019〕3号" in page, "早于决议台账" in page or "older than the register" in page) == (True, True)


@pytest.mark.clause("6.1 a")
def test_the_form_proposes_what_was_decided_about_it_then_what_is_of_its_clause(cast, signed_in):
    paper = institution(cast)
    other, same = standing(cast), standing(cast, title="同意修订章程", clause="6.1 a")
    item = last(hold(cast))
    link(item, paper, "talked-of", by=cast["office"])
    about = actions.note(item, title="同意例会制度", text="同意。", clause="6.1 a", by=cast["office"])
    signed(item.meeting, office=cast["office"], chair=cast["chair"])
    address = f"/committee/institutions/{paper.pk}/enter-decision/"
    form = signed_in("chair").get(address).context["form"]
    groups = [[key for key, __ in found] for __, found in form.fields["decision"].choices[1:]]
    assert (form.initial["decision"], groups) == (str(about.pk), [[str(about.pk)], [str(same.pk)], [str(other.pk)]])
    sent = {"decision": about.pk, "version": paper.version}
    assert signed_in("chair").post(address, sent).status_code == 302
    paper.refresh_from_db()
    about.refresh_from_db()
    assert (paper.state, ground_of(paper).number) == ("accepted", about.number)
