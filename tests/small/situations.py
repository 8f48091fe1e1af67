"""Bring the small duties into every state, through their own actions."""

from datetime import date, timedelta

from django.utils import timezone

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


def standards(cast):
    """Yield (situation, standard) for each state of a paper."""
    from fsul_portal.papers import actions
    from tests.small.paper import Standard

    office, chair, today = cast["office"], cast["chair"], timezone.localdate()

    def proposed(**facts):
        return actions.propose(Standard(title="细则", **facts), by=cast["committee"])

    def drafted(**facts):
        return actions.write(proposed(**facts), by=office, text="第一条")

    def consulted(**facts):
        return actions.consult(drafted(**facts), by=office, until=today)

    def submitted(**facts):
        return actions.submit(consulted(**facts), by=office)

    def decided(**facts):
        return actions.agree(submitted(**facts), by=chair)

    def in_force(**facts):
        issued = actions.issue(decided(**facts), by=office, in_force_on=today + timedelta(days=len(facts)))
        return issued if facts else actions.enter_into_force(issued)

    yield "proposed", proposed()
    yield "drafted", drafted()
    spoken = consulted()
    yield "consulted", consulted()
    actions.speak(spoken, by=cast["committee"], text="过宽", edition=1)
    yield "consulted, an opinion to answer", spoken
    yield "put to decision", submitted()
    yield "returned", actions.give_back(submitted(), by=chair, note="改")
    yield "refused", actions.refuse(submitted(), by=chair, note="否")
    yield "decided", decided()
    old = in_force()
    yield "issued", in_force(replaces=old)
    yield "in force, replaced on a day", Standard.objects.get(pk=old.pk)
    yield "in force", in_force()
    yield "repealed", actions.repeal(in_force(), by=office, note="废止")
    yield "withdrawn", actions.withdraw(drafted(), by=office)


def bulletins(cast):
    """Yield (situation, bulletin) for each state of a circular."""
    from members.circulars import actions

    office = cast["office"]
    yield "draft", bulletin(office)
    yield "sent", actions.send(bulletin(office), by=office)
    yield "closed", actions.close(actions.send(bulletin(office), by=office), by=office)
    yield "withdrawn", actions.withdraw(actions.send(bulletin(office), by=office), by=office)


def copies(cast):
    """Yield (situation, copy of NH002) for each state of a copy."""
    from members.circulars import actions

    office, branch = cast["office"], cast["branch"]

    def copy(asks="done"):
        sent = actions.send(bulletin(office, asks=asks), by=office)
        return sent.copies.get(library__code="NH002")

    yield "to read", copy("read")
    yield "to confirm", copy("confirmed")
    yield "confirmed", actions.confirm(copy("confirmed"), by=branch)
    yield "to do", copy()
    yield "done", actions.answer(copy(), by=branch)
    ended = copy()
    actions.close(ended.circular, by=office)
    yield "to do, closed", type(ended).objects.get(pk=ended.pk)


def bulletin(office, **facts):
    """Return a draft to 南海 and all below it."""
    from members.circulars import actions
    from tests.small.circular import Bulletin

    facts = {"title": "通知", "text": "请阅", "to_below": ["NH001"], "due_on": timezone.localdate()} | facts
    return actions.write(Bulletin(**facts), by=office)


def courses(cast):
    """Yield (situation, course) for each state of an event."""
    from fsul_portal.events import actions

    office, chair = cast["office"], cast["chair"]

    def announced(days=-1, **facts):
        event = actions.announce(course(office, days, **facts), by=office)
        actions.sign_up(event, by=chair)
        return event

    def held():
        event = announced()
        there = dict.fromkeys(event.signed_up().values_list("pk", flat=True), "present")
        return actions.hold(actions.write_roll(event, by=office, presences=there), by=office)

    yield "planned", course(office)
    yield "announced", announced(days=5)
    yield "announced, full", announced(days=5, places=1)
    yield "begun, roll unsaid", announced()
    yield "held", held()
    yield "evaluated", actions.evaluate(held(), by=office, evaluation="好")
    yield "closed", actions.close(actions.evaluate(held(), by=office, evaluation="好"), by=office)
    yield "cancelled", actions.cancel(announced(days=5), by=office, note="台风")


def course(office, days=-1, **facts):
    """Return a course of three hours that begins so many days from now."""
    from fsul_portal.events import actions
    from tests.small.event import Course

    begins = timezone.now() + timedelta(days=days)
    facts = {"title": "编目培训", "starts_at": begins, "ends_at": begins + timedelta(hours=3), "hours": 3} | facts
    return actions.plan(Course(**facts), by=office)


def all_of_them():
    """Return (acts, situations) of each small duty."""
    from tests.small import case, circular, event, ledger, paper

    return (
        (ledger.ACTS, agreements),
        (case.ACTS, problems),
        (paper.ACTS, standards),
        (circular.ACTS, bulletins),
        (circular.COPY_ACTS, copies),
        (event.ACTS, courses),
    )
