"""Declare the ways of filings: one for each kind, signed by the district, decided by the group (6.2.1 e)."""

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.kinds import Condition, MatterKind, Seat, register
from fsul_portal.approvals.stages import Stage
from members.libraries.models import Spell
from members.libraries.seats import districts_of
from workgroups.coordination.filings.kinds.table import KINDS
from workgroups.coordination.filings.models import CLAUSE
from workgroups.groups.models import in_charge

UPPER_LEVELS = (Spell.Level.CENTRAL, Spell.Level.DISTRICT)

STAGES = (
    Stage(
        key="district_signature",
        step=1,
        title=_("Signature of the district library"),
        verb=_("Sign"),
        permission="members.sign_changes",
        place="district",
        seat=_("signing reviewer of the district library"),
        days=3,
    ),
    Stage(
        key="decision",
        step=2,
        title=_("Decision of the coordination group"),
        verb=_("Approve"),
        permission="workgroups.decide_filings",
        place="coordination",
        seat=_("lead of the coordination group"),
        days=5,
    ),
)


def group_seat(clause, title):
    """Return the seat of the lead of the group that is charged with the clause."""
    return Seat(title, "workgroups.decide_filings", lambda matters: _of_group(matters, clause))


def _of_group(matters, clause):
    group = in_charge(clause)
    return dict.fromkeys((matter.pk for matter in matters), group) if group else {}


SEATS = {
    "district": Seat(_("signing reviewer of the district library"), "members.sign_changes", districts_of),
    "coordination": group_seat(CLAUSE, _("lead of the coordination group")),
    "technical": group_seat("6.2.2 b", _("lead of the technical services group")),
    "resources": group_seat("6.2.3 d", _("lead of the resource building group")),
    "chair": Seat(_("chair of the committee"), "committee.sign_minutes"),
    "office": Seat(_("secretary of the coordination office"), "committee.keep_meetings"),
}


def _is_of_upper_level(filing):
    facts = filing.library.facts
    return bool(facts) and facts.level in UPPER_LEVELS


CONDITIONS = {
    "upper_level": Condition(_("only for the central library and the district libraries"), _is_of_upper_level),
    "open_end": Condition(_("only without a day of return"), lambda filing: filing.resumes_on is None),
}


def declare() -> None:
    for kind in KINDS.values():
        register(
            MatterKind(
                key=f"filing-{kind.key}",
                title=_titled(kind.title),
                model="workgroups.filing",
                waiting=_("Filings that wait for your opinion"),
                listed=lambda: f"{reverse('workgroups:coordination:filing-list')}?tab=waiting",
                seats=SEATS,
                default=STAGES,
                lead="coordination",
                conditions=CONDITIONS,
            )
        )


_titled = lazy(lambda title: capfirst(gettext("filing: %(kind)s") % {"kind": title}), str)
