"""Keep the papers that went out: what stood on them, when, by whom, and whether they still stand."""

import secrets
from datetime import datetime
from typing import Self

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.files.models import Attachment
from fsul_portal.finding.fields import SearchWords
from fsul_portal.finding.pinyin import search_words
from fsul_portal.grammar.moves import Moving
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.things import HangsOnThing, OfThingQuerySet
from fsul_portal.grammar.things import readable as records_open_to
from fsul_portal.letters.content import Kind
from fsul_portal.letters.offers import OFFERS, Offer
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict


def random_name(document: models.Model, filename: str) -> str:
    """Return a name for the store that tells nothing and cannot be guessed; the label is given at download."""
    return f"documents/{secrets.token_hex(16)}.{filename.rsplit('.', 1)[-1]}"


def words_of_paper(title: str, *numbers: str) -> str:
    return search_words(title, also=numbers)


class DocumentQuerySet(OfThingQuerySet["Document"]):
    def visible_to(self, user: User) -> Self:
        """Return the papers of all records that the user may read; a draft is shown to its writer alone."""
        readable = Q(pk__in=[])
        for label in dict.fromkeys(offer.model for offer in OFFERS.values()):
            model = apps.get_model(label)
            records = records_open_to(model, user).order_by().values("pk")
            readable |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=records)
        return self.filter(readable).finished_or_of(user)

    def finished_or_of(self, user: User) -> Self:
        """Leave out the drafts of others."""
        return self.filter(~Q(state=Document.State.DRAFTED) | Q(drafted_by=user))

    def standing(self) -> Self:
        """Return what was issued and has not been withdrawn."""
        return self.filter(state__in=Document.STANDING)


class Document(Moving, HangsOnThing):
    """A paper about a record: drafted, issued under a code, stamped when its scan came back, or withdrawn."""

    class State(models.TextChoices):
        DRAFTED = "drafted", _("draft of a paper")
        ISSUED = "issued", _("issued")
        STAMPED = "stamped", _("stamped, scan kept")
        WITHDRAWN = "withdrawn", _("withdrawn")

    # A scan that was taken from the wrong pile is replaced by the right one.
    MOVES = {
        State.DRAFTED: {State.ISSUED, State.WITHDRAWN},
        State.ISSUED: {State.STAMPED, State.WITHDRAWN},
        State.STAMPED: {State.STAMPED, State.WITHDRAWN},
        State.WITHDRAWN: set(),
    }
    STANDING = (State.ISSUED, State.STAMPED)

    paper = models.CharField(_("paper"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    number = models.CharField(_("number"), max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=300)
    content = models.JSONField(_("content"))
    # Frozen when it is issued; papers of earlier releases have none.
    content_en = models.JSONField(_("content in English"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFTED)
    code = models.CharField(_("check code"), max_length=20, unique=True, null=True, blank=True)
    digest = models.CharField(_("digest of the PDF"), max_length=64, blank=True)
    pdf = models.FileField("PDF", upload_to=random_name, blank=True)
    reason = models.CharField(_("reason of the withdrawal"), max_length=300, blank=True)
    drafted_at = models.DateTimeField(_("drafted at"), default=timezone.now)
    drafted_by = who(verbose_name=_("drafted by"))
    issued_at = models.DateTimeField(_("issued at"), null=True)
    issued_by = who(verbose_name=_("issued by"))
    stamped_at = models.DateTimeField(_("scan uploaded at"), null=True)
    stamped_by = who(verbose_name=_("scan uploaded by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = who(verbose_name=_("withdrawn by"))
    search_words = SearchWords(of=lambda row: words_of_paper(row.title, row.number, row.code or ""))

    objects = DocumentQuerySet.as_manager()

    class Meta(HangsOnThing.Meta):
        abstract = False
        ordering = ["-drafted_at", "-pk"]
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "paper"],
                condition=~Q(state="withdrawn"),
                name="document_one_of_a_paper_stands",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "stamped"])
                | (Q(issued_at__isnull=False, code__isnull=False) & ~Q(digest="") & ~Q(pdf="")),
                name="document_issued_with_code_and_pdf",
            ),
            models.CheckConstraint(
                condition=~Q(state="stamped") | Q(stamped_at__isnull=False),
                name="document_stamped_means_a_scan_came",
            ),
            *(together(verb) for verb in ("drafted", "issued", "stamped", "withdrawn")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])

    @property
    def is_standing(self) -> bool:
        return self.state in self.STANDING

    @property
    def offer(self) -> Offer:
        """Return the entry under which its room offers it."""
        return OFFERS[self.paper]

    @property
    def scan(self) -> Attachment | None:
        """Return the newest scan of the sealed paper, if there is one."""
        return Attachment.objects.of(self).standing().last() if self.stamped_at else None

    def may_attach(self, user: User) -> Verdict:
        """Say whether the user may put a file with it: the keeper, a scan."""
        # Rules read models, so that their module cannot be read before this one.
        from fsul_portal.letters.rules import may_stamp

        return may_stamp(user, self)

    @property
    def is_draft(self) -> bool:
        return self.issued_at is None

    @property
    def made_at(self) -> datetime:
        """Return the time that stands in the files made of it."""
        return self.issued_at or self.drafted_at
