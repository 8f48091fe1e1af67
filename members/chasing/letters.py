"""Tell people which returns are still missing (6.2.1 j)."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fsul_portal.grammar.words import Spoken
from fsul_portal.notices.actions import News
from fsul_portal.notices.kinds import kind
from fsul_portal.templatetags.figures import day as day_in_words
from fsul_portal.templatetags.figures import period as in_words
from fsul_portal.users import User
from members.chasing.models import Chase
from members.libraries.models import Spell
from members.periods.models import Period
from members.returns.due.days import deadline

RETURN_DUE = kind("return-due", gettext_lazy("Returns that are due"))
NAMED = 10


def names_of(spells: Sequence[Spell]) -> str:
    """Name libraries, the first of many."""
    names = _(", ").join(spell.name for spell in spells[:NAMED])
    more = len(spells) - NAMED
    return names if more <= 0 else _("%(names)s and %(count)s more") % {"names": names, "count": more}


def due_soon(person: User, spells: Sequence[Spell], period: Period, step: int) -> News:
    """Remind somebody of the returns he has not handed in: step days before the due day, negative after it."""
    day = deadline(period).day

    def subject() -> str:
        words = {"period": in_words(period.code), "day": day_in_words(day)}
        if step >= 0:
            return _("Returns of %(period)s are due by %(day)s") % words
        return _("Returns of %(period)s are overdue since %(day)s") % words

    def body() -> str:
        return _("Not handed in yet: %(names)s.") % {"names": names_of(spells)}

    return _news(person, f"{RETURN_DUE}:{period.code}:{day}:{step}", subject, body, period, "fill")


def chased(person: User, spells: Sequence[Spell], chase: Chase) -> News:
    """Ask somebody once more for what is missing, in the words of who asks."""
    period = chase.period

    def subject() -> str:
        return _("Please hand in the returns of %(period)s") % {"period": in_words(period.code)}

    def body() -> str:
        asked = _("%(person)s asks for: %(names)s.") % {"person": chase.chased_by, "names": names_of(spells)}
        return f"{asked}\n{chase.note}" if chase.note else asked

    return _news(person, f"{RETURN_DUE}:chase:{chase.pk}", subject, body, period, "fill")


def district_late(person: User, missing: Sequence[Spell], waiting: int, period: Period, day: date) -> News:
    """Tell a district's reviewer on the district's day what is missing and what still waits for him."""

    def subject() -> str:
        words = {"period": in_words(period.code), "day": day_in_words(day)}
        return _("The returns of %(period)s are to be complete by %(day)s") % words

    def body() -> str:
        told = []
        if waiting:
            sentence = ngettext("%(count)s return waits for you.", "%(count)s returns wait for you.", waiting)
            told.append(sentence % {"count": waiting})
        if missing:
            told.append(_("Not handed in yet: %(names)s.") % {"names": names_of(missing)})
        return "\n".join(told)

    return _news(person, f"{RETURN_DUE}:district:{period.code}:{day}", subject, body, period, "waiting")


def not_locked(people: Iterable[User], period: Period, day: date) -> News:
    """Tell the office on its day that a month is not locked."""

    def subject() -> str:
        return _("%(period)s is to be locked by %(day)s") % {"period": in_words(period.code), "day": day_in_words(day)}

    key = f"{RETURN_DUE}:lock:{period.code}:{day}"
    return News(people=people, key=key, subject=subject, link=reverse("months:month-detail", args=[period.code]))


def _news(person: User, key: str, subject: Spoken, body: Spoken, period: Period, tab: str) -> News:
    link = f"{reverse('returns:return-list')}?tab={tab}&period={period.code}"
    return News(people=[person], key=key, subject=subject, body=body, link=link)
