"""Know which kinds of bodies meet; each room declares its own when the portal starts (6.2.1 b)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy

from committee.seats.models import Seat
from fsul_portal.access.models import Grant
from fsul_portal.access.rules import people_in_role, places_held, roles_with
from fsul_portal.grammar.words import Words
from fsul_portal.users import User
from members.divisions.models import Division
from members.libraries.models import Library, Spell
from members.people.models import User as Person

COMMITTEE, DISTRICT = "committee", "district"
KEEP, SIGN = "committee.keep_meetings", "committee.sign_minutes"
# Whoever has a post on the committee is invited and due; another post is told of by itself. The secretary writes, and
# has no vote.
POSTS = tuple(dict.fromkeys(role for roles in Seat.POSTS.values() for role, __ in roles))
VOTING = tuple(role for post, roles in Seat.POSTS.items() if post != Seat.Post.SECRETARY for role, __ in roles)


# Keys of places, known or still to be asked for within another query.
Keys = Collection[int] | QuerySet[Any]


@dataclass(frozen=True)
class Kind:
    """What is true of every body of a kind.

    model: label of what the body stands for, such as `members.Division`; "" for the committee, which is on no place.
    keep, sign: permissions on that place. meeting: value of `Meeting.Kind`, where a kind of body has one kind of
    meeting. invited, voting: the people of a place. reads: the keys of the places whose meetings somebody reads because
    he belongs there; belongs: whether there may be any, which the menu asks on every page and no query answers.
    """

    key: str
    title: Words
    keeper: Words
    signer: Words
    keep: str
    sign: str
    invited: Callable[[Any], QuerySet[User]]
    voting: Callable[[Any], QuerySet[User]]
    model: str = ""
    meeting: str = ""
    reads: Callable[[User], Keys] = lambda user: ()
    belongs: Callable[[User], bool] = lambda user: False

    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.place_model())

    def place_model(self) -> type[Model]:
        return apps.get_model(self.model)

    def kept_by(self, user: User) -> Collection[int]:
        return places_held(user, self.keep, self.place_model())

    def signed_by(self, user: User) -> Collection[int]:
        return places_held(user, self.sign, self.place_model())


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    KINDS[kind.key] = kind
    return kind


def on_places() -> Mapping[str, Kind]:
    """Return the kinds of bodies beside the committee."""
    return {key: kind for key, kind in KINDS.items() if kind.model}


def bodies_where(of: Callable[[Kind], Keys]) -> Q:
    """Return the condition for the bodies on those places that `of` gives for each kind; it asks nothing by itself."""
    found = Q(pk__in=[])
    for kind in on_places().values():
        keys = of(kind)
        if isinstance(keys, QuerySet) or keys:
            found |= Q(content_type=kind.content_type(), object_id__in=keys)
    return found


def people_on(permission: str, *places: Model) -> QuerySet[User]:
    """Return who holds a permission on one of these places; whoever holds it everywhere belongs to no body by that."""
    held = Grant.objects.none()
    for place in places:
        held |= Grant.objects.in_force().on(place)
    return _active(held.filter(role__in=roles_with(permission)))


def _active(held: QuerySet[Grant]) -> QuerySet[User]:
    return Person.objects.filter(is_active=True, pk__in=held.values("person")).order_by("pk")


register(
    Kind(
        key=COMMITTEE,
        title=gettext_lazy("committee"),
        keeper=gettext_lazy("the secretary of the coordination office"),
        signer=gettext_lazy("the chair of the committee"),
        keep=KEEP,
        sign=SIGN,
        invited=lambda place: people_in_role(*POSTS),
        voting=lambda place: people_in_role(*VOTING),
    )
)


# Who speaks for a library in its district: its head, and where it has none whoever writes its returns.
HEADS, WRITES = "members.certify_returns", "members.report_returns"


def _of_district(district: Division) -> QuerySet[User]:
    """Return the district library's people, and of each library of the district those who speak for it (7.4)."""
    own = Grant.objects.in_force().on(district).filter(role__in=roles_with(KEEP_OWN))
    libraries = Spell.objects.as_of().filter(district=district).values("library")
    kind = ContentType.objects.get_for_model(Library)
    there = Grant.objects.in_force().filter(content_type=kind, object_id__in=libraries)
    heads = there.filter(role__in=roles_with(HEADS))
    writers = there.filter(role__in=roles_with(WRITES)).exclude(object_id__in=heads.values("object_id"))
    return _active(own | heads | writers)


def _districts_read(user: User) -> Keys:
    """Return the districts for which somebody works, in the district library or in one of its libraries."""
    own = places_held(user, KEEP_OWN, Division)
    libraries = {key for permission in (HEADS, WRITES) for key in places_held(user, permission, Library)}
    if not libraries:
        return own
    around = Spell.objects.as_of().filter(library__in=libraries).values("district")
    return Division.objects.filter(Q(pk__in=own) | Q(pk__in=around)).values("pk")


def _of_some_district(user: User) -> bool:
    held = ((KEEP_OWN, Division), (HEADS, Library), (WRITES, Library))
    return any(places_held(user, permission, model) for permission, model in held)


KEEP_OWN, SIGN_OWN = "members.keep_meetings", "members.sign_minutes"
register(
    Kind(
        key=DISTRICT,
        title=gettext_lazy("district"),
        keeper=gettext_lazy("the district library"),
        signer=gettext_lazy("the signing reviewer of the district library"),
        keep=KEEP_OWN,
        sign=SIGN_OWN,
        invited=_of_district,
        voting=_of_district,
        model="members.Division",
        meeting="of_district",
        reads=_districts_read,
        belongs=_of_some_district,
    )
)
