"""Show the working groups (5.2)."""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fsul_portal.access.models import Grant
from fsul_portal.standard import DUTIES
from fsul_portal.users import Request
from workgroups.groups.models import Group

LEAD = "group-lead"


@require_safe
def group_list(request: Request) -> HttpResponse:
    """List the groups, who leads each and what it is responsible for (5.2)."""
    leads = leads_by_group()
    rows = [
        {
            "group": group,
            "leads": leads.get(group.pk, []),
            "duties": [duty for duty in DUTIES if group.clause and duty.chapter == group.clause],
        }
        for group in Group.objects.all()
    ]
    return render(request, "workgroups/groups/group_list.html", {"rows": rows})


def leads_by_group():
    """Return the people who lead a group now, by the group's key in the database."""
    kind = ContentType.objects.get_for_model(Group)
    leads: dict[int | None, list] = {}
    held = Grant.objects.in_force().filter(role=LEAD, content_type=kind).select_related("person__library")
    for grant in held.order_by("granted_at", "pk"):
        leads.setdefault(grant.object_id, []).append(grant.person)
    return leads
