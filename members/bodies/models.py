"""Keep who sits in a body: somebody's time in a post, from nomination to leaving; the bodies inherit it (5.1, 5.2)."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.grammar.pairs import together, who
from fsul_portal.lives.models import Fault, Life
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict
from members.bodies.rules import keeps_seats, may_keep
from members.libraries.models import Library, Spell, spells_along

# Whose people sit in the bodies of the system (5.1, 5.2).
UPPER_LEVELS = (Spell.Level.CENTRAL, Spell.Level.DISTRICT)


Row = TypeVar("Row", bound="Tenure", covariant=True)


class TenureQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        """Return who sat and sits, for everybody; who is only proposed, for those who keep the seats."""
        return self if keeps_seats(user) else self.taken()

    def seated(self) -> Self:
        return self.filter(state=Tenure.State.SEATED)

    def taken(self) -> Self:
        return self.filter(state__in=[Tenure.State.SEATED, Tenure.State.LEFT])

    def ahead(self) -> Self:
        """Return what is nominated or approved and not taken yet."""
        return self.filter(state__in=[Tenure.State.NOMINATED, Tenure.State.APPROVED])

    def as_of(self, day: date) -> Self:
        """Return who sat on that day, as the days say."""
        return self.overlapping(day, day)

    def overlapping(self, first: date, last: date | None) -> Self:
        """Return who sat on at least one day from first to last (None: open), both included."""
        begun = Q() if last is None else Q(since__lte=last)
        return self.taken().filter(begun, Q(until__isnull=True) | Q(until__gte=first))

    def for_lists(self) -> Self:
        """Fetch along the person and the unit with today's facts, and by what the office orders: posts, then units."""
        today = Spell.objects.as_of().filter(library=OuterRef("unit"))
        posts = [When(post=post, then=rank) for rank, post in enumerate(self.model.POSTS)]
        return (
            self.select_related("person", "unit")
            .prefetch_related(spells_along("unit__spells"))
            .annotate(
                post_rank=Case(*posts, output_field=models.SmallIntegerField()),
                unit_sort=Subquery(today.values("district__sort")[:1]),
            )
        )


class Tenure(Life):
    """Somebody's time in a post of a body.

    The heir names BODY (the field of its body), POSTS (post: its roles, each (role, whether it is held on the body)),
    ONE_AT_A_TIME (posts that one person has at a time), `body`, and `in_body()`, the tenures with which this one must
    not overlap.
    """

    NEEDS: ClassVar = ("keeper",)
    BODY: ClassVar[str] = ""
    POSTS: ClassVar[Mapping[str, tuple[tuple[str, bool], ...]]] = {}
    ONE_AT_A_TIME: ClassVar[Collection[str]] = ()

    class State(models.TextChoices):
        NOMINATED = "nominated", gettext_lazy("nominated")
        APPROVED = "approved", gettext_lazy("approved, not taken yet")
        SEATED = "seated", gettext_lazy("sits")
        LEFT = "left", gettext_lazy("has left")
        DROPPED = "dropped", gettext_lazy("not taken")

    MOVES = {
        State.NOMINATED: {State.APPROVED, State.DROPPED},
        State.APPROVED: {State.SEATED, State.DROPPED},
        State.SEATED: {State.LEFT},
        State.LEFT: set(),
        State.DROPPED: set(),
    }

    # What each heir brings.
    body: Any
    post: Any

    person: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="%(class)s_tenures", verbose_name=gettext_lazy("person")
    )
    unit = models.ForeignKey(Library, models.PROTECT, related_name="+", verbose_name=gettext_lazy("unit"))
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State.choices, default=State.NOMINATED)
    since = models.DateField(gettext_lazy("first day"), null=True, blank=True)
    until = models.DateField(gettext_lazy("last day"), null=True, blank=True)
    known_on = models.DateField(gettext_lazy("change known on"), null=True, blank=True)
    approved_at = models.DateTimeField(gettext_lazy("approved at"), null=True, blank=True)
    approved_by = who(verbose_name=gettext_lazy("approved by"))
    seated_at = models.DateTimeField(gettext_lazy("seat taken at"), null=True, blank=True)
    seated_by = who(verbose_name=gettext_lazy("seated by"))
    left_at = models.DateTimeField(gettext_lazy("left at"), null=True, blank=True)
    left_by = who(verbose_name=gettext_lazy("ended by"))

    objects: ClassVar[Any] = TenureQuerySet.as_manager()

    class Meta(Life.Meta):
        abstract = True
        constraints = [
            *Life.Meta.constraints,
            together("approved"),
            together("seated"),
            together("left"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="%(app_label)s_%(class)s_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["nominated", "approved", "dropped"], since__isnull=True, until__isnull=True)
                | Q(state="seated", since__isnull=False, until__isnull=True)
                | Q(state="left", since__isnull=False, until__isnull=False),
                name="%(app_label)s_%(class)s_days_say_the_state",
            ),
        ]

    def __str__(self) -> str:
        return _("%(person)s, %(post)s") % {"person": self.person, "post": self.post_in_words}

    @property
    def post_in_words(self) -> str:
        return str(self._meta.model.Post(self.post).label)  # type: ignore[attr-defined]  # each heir names its posts

    @property
    def place(self) -> models.Model | None:
        """Return the place on which the roles of the body are held; None is the whole portal."""
        return None

    def roles(self) -> Iterator[tuple[str, models.Model | None]]:
        """Give the roles which the post brings, each with the place that it is held on."""
        for role, is_on_body in self.POSTS[self.post]:
            yield role, self.place if is_on_body else None

    def in_body(self) -> Any:
        """Return the tenures of the same body, over all its terms."""
        return type(self).objects.filter(**{self.BODY: self.body})

    def on_taking(self, since: date) -> dict[str, Any]:
        """Return the facts that a post gets when it is taken, such as the number of a letter of appointment."""
        return {}

    def unfit(self) -> list[Fault]:
        """Return what speaks against this person in this post, in sentences."""
        found = []
        facts = self.unit.facts if self.unit_id else None
        if facts is None:
            found.append(Fault("person", _("%(person)s works at no member library.") % {"person": self.person}))
        elif facts.level not in UPPER_LEVELS:
            sentence = _(
                "%(person)s works at %(library)s, a %(level)s. Here sit people of the central library and of the "
                "district libraries."
            )
            told = {"person": self.person, "library": facts.name, "level": facts.get_level_display()}
            found.append(Fault("person", sentence % told))
        if not self.person.is_active:
            found.append(Fault("person", _("The account of %(person)s is closed.") % {"person": self.person}))
        return found

    def faults(self) -> list[Fault]:
        """A nomination is weighed as a whole; what has begun is only held to its days."""
        if self.state == self.State.NOMINATED:
            return self.unfit()
        if self.since and self.until and self.until < self.since:
            return [Fault("until", _("The last day lies before the first one."))]
        return []

    def may_attach(self, user: User) -> Verdict:
        """Whoever keeps the seats attaches letters and files."""
        return may_keep(user)
