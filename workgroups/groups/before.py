"""Write memberships for leads who had roles before there were memberships (5.2)."""

from django.db import transaction

from members.bodies.before import holders, put_on_record
from workgroups.groups.models import Group, Membership


@transaction.atomic
def seat_who_led() -> int:
    """Seat those who hold the role of a lead, once, while nobody is in a group; return how many (5.2).

    A second lead of one group becomes its deputy.
    """
    if Membership.objects.exists():
        return 0
    groups, led, seated, since = Group.objects.in_bulk(), set(), [], {}
    for held in holders("group-lead"):
        if (group := groups.get(held.object_id or 0)) is None or held.person is None or held.person.library is None:
            continue
        post = Membership.Post.DEPUTY if group.pk in led else Membership.Post.LEAD
        led.add(group.pk)
        since.setdefault(held.person.pk, held)
        facts = {"state": Membership.State.SEATED, "group": group, "post": post}
        seated.append(Membership(**facts, person=held.person, unit=held.person.library))
    return put_on_record(seated, since)
