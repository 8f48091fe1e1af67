"""Know the people who work with the portal, and where they work."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fsul_portal.finding.fields import SearchWords
from fsul_portal.finding.pinyin import search_words_of_person
from members.libraries.models import Spell


class User(AbstractUser):
    """A person with an account; what he may do comes from the roles he holds, never from here."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("full name"), max_length=60, blank=True)
    library = models.ForeignKey(
        "members.Library", models.PROTECT, null=True, blank=True, related_name="staff", verbose_name=_("works at")
    )
    position = models.CharField(_("position"), max_length=60, blank=True)
    reading = models.CharField(
        _("name in pinyin"),
        max_length=60,
        blank=True,
        help_text=_("Only where the name is not read as usual, a space between the syllables: “ou jian hua”."),
    )
    search_words = SearchWords(
        of=lambda row: search_words_of_person(row.name, row.username, row.position, reading=row.reading)
    )
    phone = models.CharField(_("telephone"), max_length=20, blank=True)

    # Roles give permissions to people, never to Django's groups: asking those would cost every page a query.
    _group_perm_cache: frozenset[str] = frozenset()

    class Meta(AbstractUser.Meta):
        ordering = ["username"]
        permissions = [("manage_people", "Can keep accounts and roles")]

    def __str__(self):
        return self.get_full_name()

    @cached_property
    def workplace(self):
        """Return the library where he works, with today's facts, in one query; every page shows it."""
        spells = Spell.objects.as_of().select_related("library", "district", "town", "parent")
        spell = spells.filter(library=self.library_id).first() if self.library_id else None
        if spell is None:
            return self.library
        spell.library.facts_found = [spell]  # type: ignore[attr-defined]  # as a prefetch would leave it
        return spell.library

    def get_full_name(self):
        return self.name or self.username

    def get_short_name(self):
        return self.get_full_name()
