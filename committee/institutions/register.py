"""Declare the list, the page and the acts of institutions and rules (6.1 a)."""

from django.utils.translation import gettext_lazy

from committee.decisions.grounds.columns import GROUND
from committee.documents import lists
from committee.documents.verbs import committee_verbs
from committee.institutions import actions
from committee.institutions.forms import InstitutionForm
from committee.institutions.models import Institution
from fsul_portal.acts.verbs import Acts
from fsul_portal.finding.matches import Match, chosen
from fsul_portal.papers.rules import may_propose
from fsul_portal.registers.columns import Column
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict

ACTS = Acts("committee:institution", committee_verbs("6.1 a"))
KIND = Column("kind", gettext_lazy("Kind"), "get_kind_display", sort="kind")


class InstitutionNarrowing(lists.InForceNarrowing):
    class Meta:
        model = Institution
        fields = ("kind", "state")


def may_propose_some(user: User) -> Verdict:
    """Whoever sits where institutions are proposed (6.1 a)."""
    return may_propose(user, Institution())


class Institutions(lists.CommitteePapers):
    """The institutions and rules of the system, the set in force first (6.1 a)."""

    name, model, clause, icon, acts = "committee:institution", Institution, "6.1 a", "shield", ACTS
    title = gettext_lazy("Institutions and rules")
    lead = gettext_lazy("Drafted, consulted, decided by the committee, in force by their days, reviewed, replaced.")
    new_title = gettext_lazy("Propose an institution")
    created = gettext_lazy("The proposal is recorded; the coordination office drafts it.")
    empty = gettext_lazy("No institution is recorded yet.")
    columns = (
        lists.TITLE,
        lists.NUMBER,
        KIND,
        lists.IN_FORCE_ON,
        lists.ENDED_ON,
        lists.REVIEW,
        lists.CONSULTED,
        lists.STATE,
    )
    facts = (
        lists.NUMBER,
        KIND,
        Column("in_charge", gettext_lazy("Drafted under the lead of")),
        Column("basis", gettext_lazy("Basis")),
        Column("consult_until", gettext_lazy("Opinions until")),
        GROUND,
        lists.IN_FORCE_ON,
        lists.ENDED_ON,
        lists.REVIEW,
        lists.REPLACES,
    )
    search: tuple[Match, ...] = (*lists.MET_BY, "in_charge", chosen("kind", lambda: Institution.Kind.choices))
    filters = InstitutionNarrowing
    form = InstitutionForm
    may_create, create = staticmethod(may_propose_some), staticmethod(actions.propose_institution)


INSTITUTIONS = Institutions()
