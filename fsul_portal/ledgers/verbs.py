"""Build the acts of a ledger."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.acts.verbs import Verb, in_states
from fsul_portal.ledgers import actions, rules
from fsul_portal.ledgers.forms import EndForm, RenewForm
from fsul_portal.ledgers.models import LedgerEntry
from fsul_portal.lives.verbs import CANNOT_BE_UNDONE, in_words
from fsul_portal.templatetags.figures import day

STANDING = in_states(LedgerEntry.State.STANDING)


VERBS = (
    Verb(
        key="renew",
        title=gettext_lazy("Renew"),
        meaning=gettext_lazy("Another entry follows this one, which stays as it was."),
        done=gettext_lazy("Renewed."),
        icon="refresh",
        tone="primary",
        rule=rules.may_renew,
        act=actions.renew,
        form=RenewForm,
        effect=lambda entry: _("Follows what ends on %(day)s.") % {"day": day(entry.until)},
        way_back=gettext_lazy("The entry that follows can be ended."),
        offered=STANDING,
    ),
    Verb(
        key="end",
        title=gettext_lazy("End"),
        meaning=gettext_lazy("It no longer holds from that day on; it stays in the ledger."),
        done=gettext_lazy("Ended."),
        icon="close",
        tone="danger",
        rule=rules.may_end,
        act=actions.end,
        form=EndForm,
        effect=lambda entry: _("%(entry)s ends.") % {"entry": entry},
        way_back=CANNOT_BE_UNDONE,
        offered=STANDING,
    ),
)


def verbs(**words: Any) -> tuple[Verb, ...]:
    """Return the verbs of a ledger."""
    return in_words(VERBS, words)
