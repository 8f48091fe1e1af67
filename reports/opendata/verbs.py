"""List what can be done with a token, and with the openness of the data (6.2.1 j)."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.verbs import Acts, Verb
from fsul_portal.grammar.words import Words
from fsul_portal.templatetags.figures import day
from reports.editions.models import Edition
from reports.opendata import actions, rules
from reports.opendata.forms import RevokeForm
from reports.opendata.models import Openness, Token


def _of_revoking(token: Token) -> Words:
    if token.last_used_on is None:
        return _("It has never been used.")
    return _("It was last used on %(day)s.") % {"day": day(token.last_used_on)}


def _of_opening(openness: Openness) -> Words:
    counted = {"count": Edition.objects.filter(published_at__isnull=False).count()}
    return _("Opens the figures of %(count)s published editions to anybody, without an account or a token.") % counted


def _of_closing(openness: Openness) -> Words:
    return _("%(count)s tokens go on reading; whoever has none is sent away.") % {
        "count": Token.objects.standing().count()
    }


TOKEN_ACTS = Acts(
    "reports:token",
    (
        Verb(
            key="revoke",
            title=_("Revoke"),
            meaning=_("Whoever holds it can no longer read with it."),
            done=_("The token is revoked."),
            icon="stop",
            tone="danger",
            rule=rules.may_revoke,
            act=actions.revoke,
            form=RevokeForm,
            effect=_of_revoking,
            way_back=_("It cannot be undone; issue another token instead."),
            offered=lambda token: token.revoked_at is None,
        ),
    ),
)
OPENNESS_ACTS = Acts(
    "reports:openness",
    (
        Verb(
            key="open",
            title=_("Open to everybody"),
            meaning=_("Anybody reads what is published, by program or browser, without a token."),
            done=_("The data is open to everybody."),
            icon="eye",
            tone="primary",
            rule=rules.may_open,
            act=actions.open_to_everybody,
            effect=_of_opening,
            way_back=_("It can be closed again at any time; what was read until then stays with whoever read it."),
            offered=lambda openness: not openness.is_open,
            is_silent=True,
        ),
        Verb(
            key="close",
            title=_("Ask for a token"),
            meaning=_("Only those who hold a token read."),
            done=_("The data asks for a token."),
            icon="lock",
            rule=rules.may_close,
            act=actions.ask_for_tokens,
            effect=_of_closing,
            way_back=_("It can be opened again at any time."),
            offered=lambda openness: openness.is_open,
            is_silent=True,
        ),
    ),
)
