"""Declare the list and the page of tokens (6.2.1 j)."""

from django.db.models import Q
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.finding.matches import Match, on_day, said
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.register import Register
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict
from members.people.matches import of_person
from reports.opendata.forms import IssueForm
from reports.opendata.models import Token
from reports.opendata.rules import may_keep_tokens
from reports.opendata.verbs import TOKEN_ACTS
from reports.opendata.views import IssueView


def standings() -> tuple[tuple[str, Q], ...]:
    """Return the words by which a row says whether it opens, each with its rows."""
    revoked, over = Q(revoked_at__isnull=False), Q(expires_on__lt=timezone.localdate())
    return ((_("revoked"), revoked), (_("run out"), ~revoked & over), (_("valid"), ~revoked & ~over))


MET_BY: tuple[Match, ...] = (
    "holder",
    "purpose",
    "hint",
    said(standings),
    of_person("issued_by"),
    of_person("revoked_by"),
    on_day("expires_on"),
    on_day("last_used_on"),
    on_day("issued_at", moment=True),
    on_day("revoked_at", moment=True),
)
HOLDER = Column("holder", gettext_lazy("Reader"), sort="holder", is_name=True)
PURPOSE = Column("purpose", gettext_lazy("Purpose"))
HINT = Column("hint", gettext_lazy("Ends in"), is_code=True)
STANDING = Column("standing", gettext_lazy("Standing"))
UNTIL = Column("expires_on", gettext_lazy("Valid until"), sort="expires_on")
USED = Column("last_used_on", gettext_lazy("Last used"), sort="last_used_on")
ISSUED = Column("issued_at", gettext_lazy("Issued at"), sort="issued_at", is_shown=False)
ISSUED_BY = Column("issued_by", gettext_lazy("Issued by"), is_shown=False)
REVOKED = Column("revoked_at", gettext_lazy("Revoked at"), is_shown=False)
REVOKED_BY = Column("revoked_by", gettext_lazy("Revoked by"), is_shown=False)


class Tokens(Register):
    """Who outside may read what is published (6.2.1 j)."""

    name, model, clause, icon = "reports:token", Token, "6.2.1 j", "lock"
    title = gettext_lazy("Tokens of the open data")
    lead = gettext_lazy("With a token a program outside reads what is published, and nothing else.")
    above = (gettext_lazy("Open data"), "reports:open-data")
    empty = gettext_lazy("No token has been issued yet.")
    new_title = gettext_lazy("Issue a token")
    columns = (HOLDER, PURPOSE, HINT, STANDING, UNTIL, USED, ISSUED, ISSUED_BY, REVOKED, REVOKED_BY)
    facts = columns
    search, order = MET_BY, ("-issued_at",)
    acts, form = TOKEN_ACTS, IssueForm
    deeds = {
        "token issued": Deed(gettext_lazy("issued the token"), "success", "check"),
        "token revoked": Deed(gettext_lazy("revoked the token"), "neutral", "stop"),
    }

    def may_read(self, user: User) -> Verdict:
        return may_keep_tokens(user)

    def may_create(self, user: User) -> Verdict:
        return may_keep_tokens(user)

    def urls(self, root: str) -> list[URLPattern]:
        """Show a secret in the answer to its form: there is no second page on which it could be read."""
        name = f"{self.noun}-new"
        others = [one for one in super().urls(root) if one.name != name]
        return [path(f"{root}new/", IssueView.as_view(register=self), name=name), *others]


TOKENS = Tokens()
