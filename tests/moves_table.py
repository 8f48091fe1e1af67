"""Bring things into every situation, and spell what each person of the cast may do with them there."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from fsul_portal.verdicts import Kind
from tests.members.returns.figures import SOUND
from tests.permission_table import PEOPLE

TABLE = Path(__file__).with_name("moves.txt")
CAST = PEOPLE[1:]
SIGNS = {Kind.NO_RIGHT: ".", Kind.NOT_NOW: "n", Kind.OVERTAKEN: "o", Kind.CLOSED: "c"}
ROLL = [{"name": "梁主任", "unit": "", "position": "", "presence": "present"}]


def meetings(cast):
    """Yield (situation, meeting) for each situation of a meeting."""
    from committee.meetings import actions

    office, chair = cast["office"], cast["chair"]

    def call(days):
        starts_at = timezone.now() + timedelta(days=days)
        return actions.call_meeting(kind="joint", starts_at=starts_at, place="会议室", by=office)

    yield "to come", call(5)
    yield "over, no roll", call(-1)
    yield (
        "over, roll unsaid",
        actions.write_roll(call(-1), [*ROLL, ROLL[0] | {"name": "黄", "presence": ""}], by=office),
    )
    yield "over, roll written", actions.write_roll(call(-1), ROLL, by=office)
    yield "held, no minutes", actions.sign_roll(actions.write_roll(call(-1), ROLL, by=office), by=office)
    held = actions.sign_roll(actions.write_roll(call(-1), ROLL, by=office), by=office)
    yield "held, minutes written", actions.write_minutes(held, "纪要", by=office)
    final = actions.sign_roll(actions.write_roll(call(-1), ROLL, by=office), by=office)
    yield "minuted", actions.sign_minutes(actions.write_minutes(final, "纪要", by=office), by=chair)
    yield "cancelled", actions.cancel_meeting(call(5), by=office, reason="台风")


def returns(cast):
    """Yield (situation, return) for each situation of a return; each in a library or month of its own."""
    from members.libraries.models import Library
    from members.months.actions import lock
    from members.returns import actions
    from members.returns.models import Return

    nanhai, reviewer = cast["nanhai"], cast["nanhai-reviewer"]

    def library(code):
        return Library.objects.get(code=code)

    def hand_in(code, period="2026-05"):
        return actions.hand_in(library(code), period, SOUND, {}, by=nanhai)

    yield "draft", actions.save_draft(library("NH001"), "2026-03", SOUND, {}, by=nanhai)
    yield "draft without a figure", actions.save_draft(library("NH001"), "2026-04", {}, {}, by=nanhai)
    yield "submitted", hand_in("NH002")
    yield "returned", actions.give_back(hand_in("NH003"), by=reviewer, note="核对")
    yield "accepted", actions.accept(hand_in("NH004"), by=reviewer)
    late = actions.save_draft(library("NH002"), "2026-08", SOUND, {}, by=nanhai)
    locked = actions.accept(hand_in("NH001", "2026-08"), by=reviewer)
    lock("2026-08", by=cast["office"], acknowledged=99)
    yield "accepted, month locked", Return.objects.get(pk=locked.pk)
    yield "draft, month locked", Return.objects.get(pk=late.pk)


def months(cast):
    """Yield (situation, month), after the returns have been brought into theirs."""
    from members.periods.models import period_named

    yield "waiting", period_named("2026-05")
    yield "open", period_named("2026-03")
    yield "locked", period_named("2026-08")
    yield "not over", period_named(f"{timezone.localdate():%Y-%m}")


def editions(cast):
    """Yield (situation, edition); the documents are named only, since nobody opens them here."""
    from reports.editions.models import Edition

    def edition(number, **facts):
        snapshot = {"missing": [], "districts": {}}
        facts = {"kind": "monthly", "period": "2026-08", "number": number, "digest": str(number)} | facts
        return Edition.objects.create(snapshot=snapshot, **facts)

    files = {"pdf": "a.pdf", "xlsx": "a.xlsx", "json": "a.json"}
    yield "provisional", edition(91, provisional=True, **files)
    yield "being written", edition(92)
    yield "ready", edition(93, **files)
    yield "published", edition(94, published_at=timezone.now(), published_by=cast["office"], **files)


def rows(cast):
    """Return (verb, situation, {person: sign}); "+" may, "-" does not see it, the others as in SIGNS."""
    from committee.meetings.verbs import ACTS as OF_MEETINGS
    from members.months.verbs import ACTS as OF_MONTHS
    from members.returns.verbs import ACTS as OF_RETURNS
    from reports.editions.verbs import ACTS as OF_EDITIONS

    found = []
    for acts, bring in ((OF_MEETINGS, meetings), (OF_RETURNS, returns), (OF_MONTHS, months), (OF_EDITIONS, editions)):
        for situation, thing in list(bring(cast)):
            for key, verb in acts.verbs.items():
                signs = {name: sign(verb, cast[name], thing) for name in CAST if name in cast}
                found.append((f"{acts.name}-{key}", situation, signs))
    return found


def sign(verb, user, thing):
    visible = getattr(type(thing).objects, "visible_to", None)
    if visible and not visible(user).filter(pk=thing.pk).exists():
        return "-"
    verdict = verb.rule(user, thing)
    return "+" if verdict else SIGNS[verdict.kind]


def written(table):
    """Spell the table as it stands in the file."""
    people = list(table[0][2])
    lines = ["# + may · . no right · n not now · o overtaken · c closed · - does not see it; the people in order:"]
    lines += [f"#    {name}" for name in people]
    lines += [f"{verb} | {situation}: {' '.join(signs.values())}" for verb, situation, signs in table]
    return "\n".join(lines) + "\n"
