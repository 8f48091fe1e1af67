"""Write the first term for a portal whose committee had roles before it had seats (5.1)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from committee.seats.models import Seat, Term
from fsul_portal.access.models import Grant
from fsul_portal.records.actions import record
from members.bodies.before import holders, put_on_record

POSTS = {
    "chair": Seat.Post.CHAIR,
    "deputy-chair": Seat.Post.DEPUTY,
    "secretary": Seat.Post.SECRETARY,
    "committee-member": Seat.Post.MEMBER,
}
FIRST_TERM, YEARS = 1, 5


@transaction.atomic
def seat_who_held_roles() -> int:
    """Seat those who hold a role of the committee, once, while there is no term; return how many (5.1).

    The term is taken to last five years, which the office puts right; a second chair becomes a deputy.
    """
    if Term.objects.exists():
        return 0
    held: dict[int, Grant] = {}
    for one in holders(*POSTS):
        assert one.person_id is not None
        held.setdefault(one.person_id, one)
    if not held:
        return 0
    first = timezone.localdate(min(one.granted_at for one in held.values()))
    last = first.replace(year=first.year + YEARS, day=min(first.day, 28)) - timedelta(days=1)
    term = Term.objects.create(number=FIRST_TERM, first_day=first, last_day=last, state=Term.State.RUNNING)
    record(term, "term begun", by=None, after={"first_day": first, "last_day": last})
    seats, has_chair = [], False
    for one in held.values():
        post = POSTS[one.role]
        if post == Seat.Post.CHAIR and has_chair:
            post = Seat.Post.DEPUTY
        has_chair = has_chair or post == Seat.Post.CHAIR
        seats.append(
            Seat(
                state=Seat.State.SEATED,
                term=term,
                person=one.person,
                unit=one.person.library,
                post=post,
                capacity=Seat.Capacity.IN_CHARGE,
            )
        )
    return put_on_record(seats, held)
