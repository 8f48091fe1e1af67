"""Follow one library through the days in memory: what is known of it, and what a change makes of that.

The rows which no longer hold gather in `superseded`, those to be written in `fresh`, and those of them which say
something new in `asserted`; actions.py checks and writes them, for one library as for thousands.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from members.libraries.checks import FactsRefused
from members.libraries.models import Library, Spell


@dataclass(frozen=True)
class Membership:
    """The days without a gap on which a library belongs: from `first` to the day before `end`."""

    first: date
    end: date | None
    spells: tuple[Spell, ...]

    def meets(self, first, end):
        """Return whether it shares a day with the days from `first` to the day before `end`."""
        return (end is None or self.first < end) and (self.end is None or first < self.end)


class Course:
    def __init__(self, library, spells=()):
        self.library = library
        self.stored = tuple(spells)
        self.spells = sorted(self.stored, key=lambda spell: spell.since)
        self.superseded: list[Spell] = []
        self.fresh: list[Spell] = []
        self.asserted: list[Spell] = []

    @classmethod
    def locked(cls, library):
        """Read the course of a library and keep others from changing it meanwhile."""
        library = Library.objects.select_for_update().get(pk=library.pk)
        return cls(library, library.spells.known().select_related("library", "district", "town", "parent"))

    def on(self, day):
        return next((spell for spell in self.spells if spell.covers(day)), None)

    def memberships(self):
        """Return the memberships in the order of time."""
        return memberships_of(self.spells)

    def days_lost(self):
        """Return the stretches (first day, day after the last or None) on which it is no longer to belong."""
        return stretches_outside(memberships_of(self.stored), self.memberships())

    def days_gained(self):
        """Return the stretches on which it is to belong and did not before."""
        return stretches_outside(self.memberships(), memberships_of(self.stored))

    def membership_on(self, day):
        return next(
            (one for one in self.memberships() if one.first <= day and (one.end is None or one.end > day)), None
        )

    def open(self, facts, *, since, until=None, reason=""):
        """Let the library belong from that day on."""
        if until is not None and until <= since:
            raise FactsRefused("until", _("The first day outside the system must come after the first day in it."))
        other = next((one for one in self.memberships() if one.meets(since, until)), None)
        if other and other.end is None:
            raise FactsRefused(
                "code", _("The library %(code)s is in the system already.") % {"code": self.library.code}
            )
        if other:
            raise FactsRefused(
                "since",
                _("The library belonged already from %(first)s to the day before %(end)s.")
                % {"first": other.first, "end": other.end},
            )
        return self._add(new_spell(self.library, facts, since, until, reason), asserted=True)

    def change(self, facts, *, on, until=None, reason=""):
        """Let facts be others from that day on, or from that day to the day before `until`.

        Without an end, later spells follow up to the next statement about the same fact: 10, then 12, then 10 again,
        and 11 learnt late before the 12, leave the last 10 alone. With an end, everything in between is as said, and
        from that day on all is as it would have been.
        """
        affected = [spell for spell in self.spells if spell.until is None or spell.until > on]
        covering = next((spell for spell in affected if spell.since <= on), None)
        if covering is None:
            raise FactsRefused("on", _("The library does not belong to the system on %(day)s.") % {"day": on})
        follows = {field: value for field, value in facts.items() if value != getattr(covering, field)}
        if until is not None:
            if self.on(until) is None:
                raise FactsRefused("on", _("The library does not belong to the system on %(day)s.") % {"day": until})
            self._change_between(affected, facts, on, until, reason)
            return self.on(on)
        old, end = {field: getattr(covering, field) for field in follows}, covering.since
        for spell in affected:
            # A new membership begins with a statement of everything.
            kept = {field for field in follows if spell.since == end and getattr(spell, field) == old[field]}
            if spell is not covering:
                follows = {field: value for field, value in follows.items() if field in kept}
            end = spell.until
            if follows:
                # A later spell that follows keeps the reason for which it began.
                self._replace(spell, follows, max(on, spell.since), reason if spell.since <= on else spell.reason)
        return self.on(on)

    def _change_between(self, affected, facts, on, until, reason):
        for spell in affected:
            if spell.since >= until:
                continue
            mine = {field: value for field, value in facts.items() if value != getattr(spell, field)}
            if mine:
                self._replace(spell, mine, max(on, spell.since), reason if spell.since <= on else spell.reason, until)

    def close(self, *, on, reason=""):
        """Let the library leave; whatever was to come after that day is off."""
        membership = self.membership_on(on)
        if membership is None or membership.first >= on:
            raise FactsRefused("on", _("The library does not belong to the system on %(day)s.") % {"day": on})
        for spell in [spell for spell in self.spells if spell.since >= on and spell not in membership.spells]:
            self._drop(spell)
        self.finish(membership, until=on, reason=reason)

    def begin(self, membership, *, since, reason=""):
        """Correct the first day of a membership."""
        if membership.end is not None and membership.end <= since:
            raise FactsRefused("since", _("The library left on %(day)s, before that day.") % {"day": membership.end})
        self._keep_apart(membership, since, membership.end)
        for spell in membership.spells:
            if spell.until is not None and spell.until <= since:
                self._drop(spell)
        first = next(spell for spell in membership.spells if spell.until is None or spell.until > since)
        self._reshape(first, since, first.until, reason, asserted=True)

    def finish(self, membership, *, until, reason=""):
        """Correct the first day on which a membership is over."""
        if until <= membership.first:
            raise FactsRefused("until", _("The first day outside the system must come after the first day in it."))
        self._keep_apart(membership, membership.first, until)
        *__, last = (spell for spell in membership.spells if spell.since < until)
        for spell in membership.spells:
            if spell.since >= until:
                self._drop(spell)
        self._reshape(last, last.since, until, reason)

    def _keep_apart(self, membership, first, end):
        for other in self.memberships():
            if other.first != membership.first and other.meets(first, end):
                raise FactsRefused(
                    "since" if other.first < membership.first else "until",
                    _("The library belonged already from %(first)s to the day before %(end)s.")
                    % {"first": other.first, "end": other.end or "…"},
                )

    def _replace(self, spell, changes, on, reason, until=None):
        """Put a spell with the changes from `on` to `until` in its place, and what it said around it."""
        self._drop(spell)
        facts = {field: getattr(spell, field) for field in Spell.FACTS}
        if spell.since < on:
            self._add(new_spell(self.library, facts, spell.since, on, spell.reason))
        comes_back = until is not None and (spell.until is None or until < spell.until)
        end = until if comes_back else spell.until
        self._add(new_spell(self.library, facts | changes, on, end, reason), asserted=True)
        if comes_back:
            self._add(new_spell(self.library, facts, until, spell.until, reason))

    def _reshape(self, spell, since, until, reason, *, asserted=False):
        self._drop(spell)
        facts = {field: getattr(spell, field) for field in Spell.FACTS}
        self._add(new_spell(self.library, facts, since, until, reason), asserted=asserted)

    def _drop(self, spell):
        self.spells.remove(spell)
        if spell.pk is not None:
            self.superseded.append(spell)
            return
        self.fresh = [one for one in self.fresh if one is not spell]
        self.asserted = [one for one in self.asserted if one is not spell]

    def _add(self, spell, *, asserted=False):
        self.spells.append(spell)
        self.spells.sort(key=lambda one: one.since)
        self.fresh.append(spell)
        if asserted:
            self.asserted.append(spell)
        return spell


def memberships_of(spells):
    """Gather spells, in the order of time, to memberships."""
    found: list[Membership] = []
    for spell in spells:
        if found and found[-1].end == spell.since:
            before = found.pop()
            found.append(Membership(before.first, spell.until, (*before.spells, spell)))
        else:
            found.append(Membership(spell.since, spell.until, (spell,)))
    return found


def stretches_outside(memberships, others):
    """Return the stretches of days within some memberships and in none of the others."""
    found = []
    for one in memberships:
        first = one.first
        for other in others:
            if not other.meets(first, one.end):
                continue
            if other.first > first:
                found.append((first, other.first))
            first = other.end
            if first is None:
                break
        if first is not None and (one.end is None or first < one.end):
            found.append((first, one.end))
    return found


def new_spell(library, facts, since, until, reason):
    spell = Spell(library=library, since=since, until=until, reason=reason[:200], **facts)
    spell.level_rank = Spell.RANKS[Spell.Level(spell.level)]
    return spell
