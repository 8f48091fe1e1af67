"""Keep the administrative divisions by their codes, in China those of GB/T 2260."""

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from fsul_portal.finding.fields import SearchWords
from fsul_portal.finding.pinyin import search_words
from fsul_portal.grammar.words import in_own_language, reads_english
from members.divisions.codes import check_code


class Division(models.Model):
    """A city, district or town by its code; `sort` is the order in which the office names them."""

    class Level(models.TextChoices):
        CITY = "city", _("city")
        DISTRICT = "district", _("district")
        TOWN = "town", _("town")

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("parent division")
    )
    sort = models.PositiveIntegerField(_("order"), default=0)
    search_words = SearchWords(of=lambda row: search_words(row.name, also=(row.code, row.name_en)))

    class Meta:
        ordering = ["sort", "code"]
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        permissions = [
            ("file_changes", "Can file changes of the libraries of this district"),
            ("sign_changes", "Can sign filings of this district"),
            ("report_returns", "Can enter returns of this district"),
            ("accept_returns", "Can accept returns of this district"),
            ("keep_meetings", "Can call and keep the meetings of this district"),
            ("sign_minutes", "Can sign rolls and minutes of this district"),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        check_code(self.code)

    @property
    def title(self) -> str:
        return in_own_language(self.name, self.name_en)


def title_at(path: str) -> F | Coalesce:
    """Return what gives a query the title of the division at a path, where no row of it is fetched."""
    if not reads_english():
        return F(f"{path}__name")
    return Coalesce(NullIf(F(f"{path}__name_en"), Value("")), F(f"{path}__name"))
