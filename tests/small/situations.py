"""Bring the small duties into every state, through their own actions."""

from datetime import date

LAST = date(2026, 12, 31)


def agreements(cast):
    """Yield (situation, agreement) for each state of an entry of a ledger."""
    from fsul_portal.ledgers import actions
    from tests.small.ledger import Agreement

    def enter(until=LAST):
        return actions.enter(Agreement(title="协议", since=date(2026, 1, 1), until=until), by=office)

    office = cast["office"]
    yield "standing", enter()
    yield "open-ended", enter(until=None)
    renewed = enter()
    actions.renew(renewed, by=office, until=None)
    yield "renewed", Agreement.objects.get(pk=renewed.pk)
    yield "ended", actions.end(enter(), by=office, ended_on=LAST)


def problems(cast):
    """Yield (situation, problem) for each state of a case."""
    from fsul_portal.cases import actions
    from members.divisions.models import Division
    from tests.small.case import Problem

    nanhai, office, lead = cast["nanhai"], cast["office"], cast["technical-lead"]

    def raised():
        problem = Problem(title="离线", district=Division.objects.get(code="440605"))
        return actions.open_case(problem, by=nanhai)

    def given():
        return actions.give_to(raised(), to=lead, by=office)

    def solved(by=lead):
        return actions.solve(given(), by=by, solution="已换")

    yield "open", raised()
    yield "assigned", given()
    busy = given()
    actions.give_step(busy, title="检查", to=cast["branch"], by=lead)
    yield "assigned, a step to do", busy
    yield "solved", solved()
    yield "solved by the keeper", solved(by=office)
    yield "reviewed", actions.review(solved(), by=office, finding="备件")
    yield "closed", actions.close(raised(), by=nanhai)


def all_of_them():
    """Return (acts, situations) of each small duty."""
    from tests.small import case, ledger

    return ((ledger.ACTS, agreements), (case.ACTS, problems))
