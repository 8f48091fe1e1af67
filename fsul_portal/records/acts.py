"""Name the acts that records hold; a verb without a name here is shown as it was written."""

from django.utils.translation import pgettext_lazy

ACTS = {
    "acceptance": pgettext_lazy("act", "accepted"),
    "account activated": pgettext_lazy("act", "opened the account again"),
    "account changed": pgettext_lazy("act", "changed the account"),
    "account deactivated": pgettext_lazy("act", "closed the account"),
    "account opened": pgettext_lazy("act", "made the account"),
    "calendar set": pgettext_lazy("act", "set the working days"),
    "called": pgettext_lazy("act", "called"),
    "cancelled": pgettext_lazy("act", "cancelled"),
    "changed": pgettext_lazy("act", "changed"),
    "closed": pgettext_lazy("act", "closed"),
    "corrected": pgettext_lazy("act", "corrected"),
    "decision": pgettext_lazy("act", "decided"),
    "district_signature": pgettext_lazy("act", "signed for the district"),
    "downloaded": pgettext_lazy("act", "downloaded"),
    "drafted": pgettext_lazy("act", "began a draft"),
    "edited": pgettext_lazy("act", "edited"),
    "frozen": pgettext_lazy("act", "froze the figures"),
    "granted": pgettext_lazy("act", "gave a role"),
    "imported": pgettext_lazy("act", "imported"),
    "in_force": pgettext_lazy("act", "put into force"),
    "locked": pgettext_lazy("act", "locked"),
    "minutes signed": pgettext_lazy("act", "signed the minutes"),
    "minutes written": pgettext_lazy("act", "wrote the minutes"),
    "opened": pgettext_lazy("act", "opened"),
    "password set": pgettext_lazy("act", "set a password"),
    "pattern set": pgettext_lazy("act", "set how numbers are written"),
    "published": pgettext_lazy("act", "published"),
    "refused": pgettext_lazy("act", "refused"),
    "returned": pgettext_lazy("act", "returned for correction"),
    "revised": pgettext_lazy("act", "revised"),
    "revoked": pgettext_lazy("act", "ended a role"),
    "roll signed": pgettext_lazy("act", "signed the roll"),
    "roll written": pgettext_lazy("act", "wrote the roll"),
    "sign-in opened again": pgettext_lazy("act", "let sign in again"),
    "sign-in paused": pgettext_lazy("act", "paused signing in"),
    "started again": pgettext_lazy("act", "started again"),
    "submitted": pgettext_lazy("act", "submitted"),
    "withdrawn": pgettext_lazy("act", "withdrew"),
}


def in_words(verb):
    return ACTS.get(verb, verb)
