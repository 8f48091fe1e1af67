"""Declare the lists and pages of the working groups and of the people in them (5.2)."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.finding.matches import Match, chosen, on_day
from fsul_portal.grammar.words import enumerated
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.lists import Listing, Tab
from fsul_portal.registers.register import Register
from fsul_portal.standard import DUTIES
from members.bodies.lists import BY_POST, DEEDS, KNOWN, PERSON, POSITION, SINCE, STATE, UNIT, UNTIL
from members.libraries.finding.matches import of_library
from members.people.matches import of_person
from workgroups.groups import actions, rules
from workgroups.groups.forms import GroupForm, PutForwardForm
from workgroups.groups.models import Group, Membership
from workgroups.groups.staffing import staff_of
from workgroups.groups.verbs import GROUP_ACTS, MEMBERSHIP_ACTS

SITTING, AHEAD, EVERYBODY = "sitting", "ahead", "all"
MET_BY: tuple[Match, ...] = (
    of_person("person"),
    of_library("unit"),
    chosen("post", lambda: Membership.Post.choices),
    chosen("state", lambda: Membership.State.choices),
    on_day("since"),
    on_day("until"),
    "group__name",
    "group__name_en",
    "expertise",
)


def clauses_in_words(membership: Membership) -> str:
    """Return the clauses for which somebody is responsible, with their titles."""
    return enumerated(f"{duty.title}" for duty in DUTIES if duty.number in membership.clauses)


POST = Column("post", gettext_lazy("Post"), "get_post_display", sort="post_rank")
GROUP = Column("group", gettext_lazy("Working group"), sort=("group__sort", "group__key"))
EXPERTISE = Column("expertise", gettext_lazy("Expertise"), is_shown=False)
SHARE = Column("clauses", gettext_lazy("Responsible for"), clauses_in_words, is_shown=False)


class Memberships(Register):
    """Who is in the working groups, was in them, or is put forward (5.2)."""

    name, model, clause, icon, acts = "workgroups:membership", Membership, "5.2", "people", MEMBERSHIP_ACTS
    title = gettext_lazy("People of the working groups")
    lead = gettext_lazy("Backbone staff of the central library and of the district libraries.")
    new_title = gettext_lazy("Put somebody forward")
    created = gettext_lazy("The name is put forward.")
    empty = gettext_lazy("Nobody is in a working group yet.")
    above = (gettext_lazy("Working groups"), "workgroups:group-list")
    columns = (PERSON, GROUP, POST, UNIT, POSITION, EXPERTISE, SHARE, SINCE, UNTIL, STATE)
    facts = (GROUP, POST, UNIT, POSITION, EXPERTISE, SHARE, SINCE, UNTIL, KNOWN)
    search, order, filters = MET_BY, ("group__sort", *BY_POST), ("group", "post")
    deeds = {**DEEDS, "work shared out": Deed(icon="list")}
    parts = ("attachments",)
    form, create = PutForwardForm, staticmethod(actions.put_forward)
    may_create = staticmethod(rules.may_put_forward_somebody)

    def tabs(self, user: Any) -> Sequence[Tab]:
        rows = self.rows(user)
        return [
            Tab(SITTING, _("In the groups now"), rows.seated, True, _("Nobody is in a working group yet.")),
            Tab(AHEAD, _("Put forward"), rows.ahead, True, _("Nobody is put forward.")),
            Tab(EVERYBODY, _("Everybody, former people too"), lambda: rows),
        ]


class Groups(Register):
    """The working groups: who leads each, what it is charged with, who is missing (5.2)."""

    name, model, clause, icon, acts = "workgroups:group", Group, "5.2", "group", GROUP_ACTS
    title = gettext_lazy("Working groups")
    lead = gettext_lazy(
        "The groups that carry out what the committee decides: who leads each, and what it is responsible for."
    )
    new_title = gettext_lazy("Found a group")
    created = gettext_lazy("The group is founded; charge it with clauses and fill it.")
    empty = gettext_lazy("No working group has been founded yet.")
    columns = (
        Column("name", gettext_lazy("Name"), str, sort=("sort", "key"), is_name=True),
        Column("state", gettext_lazy("State"), sort="state", is_state=True),
        Column("closed_on", gettext_lazy("Closed on"), sort="closed_on", is_shown=False),
    )
    facts = (
        Column("name", gettext_lazy("Name"), str),
        Column("name_en", gettext_lazy("English name")),
        Column("closed_on", gettext_lazy("Closed on")),
    )
    search: tuple[Match, ...] = ("name", "name_en", chosen("state", lambda: Group.State.choices), on_day("closed_on"))
    order = ("sort", "key")
    deeds = {
        "group founded": Deed(tone="info", icon="flag"),
        "group charged": Deed(icon="shield"),
        "clauses set": Deed(icon="shield", tells_changes=True),
        "clause handed over": Deed(icon="right", tells_changes=True),
        "group renamed": Deed(icon="edit", tells_changes=True),
        "group closed": Deed(tone="warning", icon="lock"),
    }
    parts = ("attachments",)
    form, may_create, create = GroupForm, staticmethod(rules.may_found), staticmethod(actions.found)
    may_read = staticmethod(rules.may_read_groups)
    list_template, page_template = "workgroups/groups/group_list.html", "workgroups/groups/group_page.html"

    def beside_list(self, user: Any, listing: Listing) -> dict[str, Any]:
        return {"rows": staff_of(timezone.localdate())}

    def beside_page(self, thing: Any, user: Any) -> dict[str, Any]:
        found = [one for one in staff_of(timezone.localdate()) if one.group.pk == thing.pk]
        return {"staff": found[0] if found else None}


MEMBERSHIPS, GROUPS = Memberships(), Groups()
