"""Keep who belongs to the system, and what is true of each library on any day (6.2.1 e)."""

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.rules import holds, places_held
from fsul_portal.finding.fields import SearchWords
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.words import Words, with_code
from fsul_portal.users import User
from members.divisions.models import Division as Division
from members.libraries.finding.kinds import kind_title
from members.libraries.finding.words import words_of_spell

# Where a file does not say since when a library belongs, it is taken to have belonged as long as anybody looks back.
BEGINNING = date(1900, 1, 1)
KNOWN, OUT_OF_SERVICE = Q(superseded_at__isnull=True), ["emergency_closed", "preparing", "retired", "suspended"]
CODE = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9-]*$", _("Letters, digits and hyphens only."))


def spells_along(path: str, day: date | None = None, *, known_at: datetime | None = None) -> Prefetch:
    """Return what fetches the facts of a day along, for rows that lead to libraries by this path."""
    spells = Spell.objects.as_of(day, known_at=known_at).select_related("district", "town", "parent")
    return Prefetch(path, queryset=spells, to_attr="facts_found")


def course_along(path: str) -> Prefetch:
    """Return what fetches all that is known of libraries along: `facts_on` then answers for any day without asking."""
    known = Spell.objects.known().select_related("district", "town", "parent")
    return Prefetch(path, queryset=known, to_attr="course_found")


class LibraryQuerySet(models.QuerySet["Library"]):
    def visible_to(self, user):
        """Return what a person may read of: the registry is open to all who are logged in."""
        return self if user.is_active else self.none()

    def as_of(self, day=None, *, known_at=None):
        """Return the libraries that belonged to the system on that day, each with its `facts` of that day.

        `known_at` (a time) answers as the registry would have answered then.
        """
        spells = Spell.objects.as_of(day, known_at=known_at)
        return self.filter(spells__in=spells).with_facts(day, known_at=known_at)

    def with_facts(self, day: date | None = None, *, known_at: datetime | None = None) -> Self:
        """Fetch the facts of that day along, in one query; `facts` is None where the library did not belong."""
        return self.prefetch_related(spells_along("spells", day, known_at=known_at))

    def in_hands_of(self, user: User, permission: str) -> Self:
        """Return the libraries for which the user holds the permission: by library, or by today's district."""
        if holds(user, permission):
            return self
        districts = places_held(user, permission, Division)
        today = Spell.objects.as_of().filter(district_id__in=districts)
        return self.filter(Q(pk__in=places_held(user, permission, Library)) | Q(pk__in=today.values("library_id")))


class Library(models.Model):
    """A member library: a code that is its own for ever; everything else is true in time (6.2.1 e)."""

    code = models.CharField(_("code"), max_length=20, unique=True, validators=[CODE])
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now)
    entered_by = who(verbose_name=_("entered by"))

    objects = LibraryQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("member library")
        verbose_name_plural = _("member libraries")
        constraints = [together("entered")]
        permissions = [
            ("file_changes", "Can file changes of this library"),
            ("report_returns", "Can enter returns of this library"),
            ("certify_returns", "Can certify returns of this library"),
            ("oversee_libraries", "Can see the drafts of all libraries"),
            ("import_libraries", "Can import the registry"),
        ]

    def __str__(self):
        return with_code(self.facts.name, self.code) if self.facts else self.code

    def get_absolute_url(self):
        return reverse("members:library-detail", args=[self.code])

    @cached_property
    def facts(self):
        """Return the spell of the day asked for with `as_of`, of today without; None outside the system."""
        if hasattr(self, "facts_found"):
            return self.facts_found[0] if self.facts_found else None
        return self.facts_on(timezone.localdate())

    def facts_on(self, day):
        if hasattr(self, "course_found"):
            return next((spell for spell in self.course_found if spell.covers(day)), None)
        found = next(iter(getattr(self, "facts_found", ())), None)
        # What is known already and covers that day is what a query would find.
        if found and found.superseded_at is None and found.covers(day):
            return found
        return Spell.objects.as_of(day).filter(library=self).select_related("district", "town", "parent").first()

    @property
    def within(self):
        """Return the place around it, whose holders head those of this one."""
        return self.district

    @property
    def district(self):
        """Return today's district, or the last one of a library that has left."""
        spell = self.facts or self.spells.known().order_by("-since").select_related("district").first()
        return spell.district if spell else None


def is_known(at: datetime | OuterRef | None = None) -> Q:
    """Return the condition that a spell is held to be true now, or was held to be true at that time."""
    if at is None:
        return Q(superseded_at__isnull=True)
    return (Q(superseded_at__isnull=True) | Q(superseded_at__gt=at)) & Q(recorded_at__lte=at)


def overlaps(first: date | OuterRef, last: date | OuterRef) -> Q:
    """Return the condition that a spell covers at least one day from first to last, both included."""
    return (Q(until__isnull=True) | Q(until__gt=first)) & Q(since__lte=last)


class SpellQuerySet(models.QuerySet["Spell"]):
    def known(self, at=None):
        """Return what we hold to be true now, or what we held to be true at that time."""
        return self.filter(is_known(at))

    def as_of(self, day: date | None = None, *, known_at: datetime | None = None) -> Self:
        """Return the spells that cover the day (today without one), at most one for each library."""
        day = day or timezone.localdate()
        return self.known(known_at).filter(overlaps(day, day))

    def overlapping(self, first, last, *, known_at=None):
        """Return the spells that cover at least one day from first to last, both included."""
        return self.known(known_at).filter(overlaps(first, last))

    def in_office_order(self) -> Self:
        """Sort as the office does: by district, level, then code."""
        return self.order_by("district__sort", "level_rank", "library__code")


def degrees(words: Words, most: int, *, max_digits: int) -> Any:
    """Return the field of a coordinate, which may be unknown."""
    within = [MinValueValidator(-most), MaxValueValidator(most)]
    return models.DecimalField(words, max_digits=max_digits, decimal_places=6, null=True, blank=True, validators=within)


class Spell(models.Model):
    """A stretch of days during which nothing about a library changed: from `since` to the day before `until`.

    A correction or a late entry supersedes rows instead of changing them, so that what the registry said at any
    earlier time can still be asked.
    """

    class Level(models.TextChoices):
        CENTRAL = "central", _("central library")
        DISTRICT = "district", _("district library")
        BRANCH = "branch", _("branch")
        POINT = "point", _("service point")

    class Status(models.TextChoices):
        PREPARING = "preparing", _("in preparation")
        TRIAL = "trial", _("trial operation")
        OPEN = "open", _("open")
        LIMITED = "limited", _("limited service")
        LENDING_SUSPENDED = "lending_suspended", _("lending suspended")
        SUSPENDED = "suspended", _("suspended")
        EMERGENCY_CLOSED = "emergency_closed", _("closed in an emergency")
        RETIRED = "retired", _("out of use")

    class Crs(models.TextChoices):
        WGS84 = "WGS84", "WGS84"
        CGCS2000 = "CGCS2000", "CGCS2000"
        GCJ02 = "GCJ02", "GCJ-02"
        BD09 = "BD09", "BD-09"

    RANKS = {Level.CENTRAL: 1, Level.DISTRICT: 2, Level.BRANCH: 3, Level.POINT: 4}
    PARENT_LEVELS = {
        Level.CENTRAL: set(),
        Level.DISTRICT: {Level.CENTRAL},
        Level.BRANCH: {Level.CENTRAL, Level.DISTRICT},
        Level.POINT: {Level.CENTRAL, Level.DISTRICT, Level.BRANCH},
    }
    # Whoever is in one of these for a whole month has no readers to count.
    NOT_SERVING = set(map(Status, OUT_OF_SERVICE))
    _RUNNING = set(Status) - {Status.PREPARING, Status.TRIAL}
    MOVES = {
        Status.PREPARING: {Status.TRIAL, Status.OPEN, Status.RETIRED},
        Status.TRIAL: {Status.OPEN, Status.SUSPENDED, Status.RETIRED},
        Status.OPEN: _RUNNING - {Status.OPEN},
        Status.LIMITED: _RUNNING - {Status.LIMITED},
        Status.LENDING_SUSPENDED: _RUNNING - {Status.LENDING_SUSPENDED},
        Status.SUSPENDED: {Status.OPEN, Status.LIMITED, Status.LENDING_SUSPENDED, Status.RETIRED},
        Status.EMERGENCY_CLOSED: {Status.OPEN, Status.LIMITED, Status.LENDING_SUSPENDED, Status.SUSPENDED},
        Status.RETIRED: {Status.OPEN},
    }
    # Everything else is a fact: what an import, an export, a filing and a diff speak of.
    BOOKKEEPING = frozenset({"id", "library", "since", "until", "level_rank", "reason", "search_words"}) | {
        f"{verb}_{pair}" for verb in ("recorded", "superseded") for pair in ("at", "by")
    }
    FACTS: ClassVar[tuple[str, ...]]

    library = models.ForeignKey(Library, models.PROTECT, related_name="spells", verbose_name=_("member library"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    level_rank = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    parent = models.ForeignKey(
        Library, models.PROTECT, null=True, blank=True, related_name="child_spells", verbose_name=_("parent library")
    )
    district = models.ForeignKey(Division, models.PROTECT, related_name="district_spells", verbose_name=_("district"))
    town = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="town_spells", verbose_name=_("town")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    longitude = degrees(_("longitude"), 180, max_digits=9)
    latitude = degrees(_("latitude"), 90, max_digits=8)
    crs = models.CharField(_("reference system"), max_length=10, choices=Crs.choices, blank=True)
    status = models.CharField(_("operating state"), max_length=20, choices=Status.choices, default=Status.OPEN)
    area = models.DecimalField(
        _("floor area (m²)"), max_digits=9, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    reason = models.CharField(_("recorded because of"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, db_index=True)
    recorded_by = who(verbose_name=_("recorded by"))
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True, db_index=True)
    superseded_by = who(verbose_name=_("superseded by"))
    search_words = SearchWords(of=words_of_spell, along=("library", "district", "town"))

    objects = SpellQuerySet.as_manager()

    class Meta:
        ordering = ["library", "since"]
        verbose_name = _("spell")
        verbose_name_plural = _("spells")
        constraints = [
            models.UniqueConstraint(
                fields=["library", "since"], condition=Q(superseded_at__isnull=True), name="spell_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="spell_ends_after_it_began"
            ),
            together("recorded"),
            together("superseded"),
        ]
        indexes = [
            models.Index(fields=["district", "level_rank", "since"], condition=KNOWN, name="spell_known_by_district"),
            models.Index(fields=["library", "since", "until"], condition=KNOWN, name="spell_known_by_day"),
            # Few of many: who need not report is found without a look at all the others.
            models.Index(
                fields=["library"], condition=KNOWN & Q(status__in=OUT_OF_SERVICE), name="spell_known_not_serving"
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.since} – {self.until or '…'})"

    @property
    def kind_title(self) -> str:
        return kind_title(self.kind)

    @property
    def is_serving(self):
        return self.status not in self.NOT_SERVING

    def covers(self, day):
        return self.since <= day and (self.until is None or self.until > day)

    def as_facts(self):
        """Return the facts as plain values, foreign keys as codes: what records, diffs and files show."""
        facts = {field: getattr(self, field) for field in self.FACTS}
        for field in ("parent", "district", "town"):
            facts[field] = facts[field].code if facts[field] else ""
        return facts


def facts_of_spells():
    """Return the names of the facts in the order of the file format, which is that of the fields."""
    return tuple(field.name for field in Spell._meta.concrete_fields if field.name not in Spell.BOOKKEEPING)


Spell.FACTS = facts_of_spells()
