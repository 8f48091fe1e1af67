"""Say who may draft, issue, stamp and withdraw a paper; the room that offers it says who keeps it."""

from collections.abc import Collection

from django.db.models import Model
from django.utils.translation import gettext as _

from fsul_portal.letters.content import as_json, length
from fsul_portal.letters.models import Document
from fsul_portal.letters.offers import Offer
from fsul_portal.users import User
from fsul_portal.verdicts import Denied, Verdict, closed, not_now

# A hundred pages or so; setting one costs a tenth of a second.
LONGEST = 60_000


def may_draft(user: User, offer: Offer, thing: Model, standing: Collection[str] | None = None) -> Verdict:
    """Whoever keeps the papers of the record drafts one that is due and does not stand yet.

    standing: the keys of the papers that stand, from whoever has looked already.
    """
    verdict = offer.keeps(user, thing)
    if not verdict:
        return verdict
    if standing is None:
        standing = Document.objects.of(thing).standing().values_list("paper", flat=True)
    if offer.key in standing:
        return Denied(
            _("It has been issued already. Withdraw what was issued before you issue it anew."), overtaken=True
        )
    verdict = offer.is_due(thing)
    if verdict and length(offer.letter(thing)) > LONGEST:
        return not_now(
            _("A paper holds at most %(longest)s characters; what is longer goes out as an attachment.")
            % {"longest": f"{LONGEST:,}"}
        )
    return verdict


def may_issue(user: User, document: Document) -> Verdict:
    """Whoever keeps the paper issues a draft that still says what the record says."""
    if not document.can_become(Document.State.ISSUED):
        return _no_longer(document)
    verdict = document.offer.keeps(user, document.thing) and document.offer.is_due(document.thing)
    if verdict and as_json(document.offer.letter(document.thing)) != document.content:
        return Denied(
            _("The record has changed since this was drafted. Draft the paper anew and look at it once more.")
        )
    return verdict


def may_stamp(user: User, document: Document) -> Verdict:
    """Whoever keeps the paper uploads the scan of what was printed and sealed."""
    if not document.can_become(Document.State.STAMPED):
        return _no_longer(document)
    return document.offer.keeps(user, document.thing)


def may_withdraw(user: User, document: Document) -> Verdict:
    """Whoever keeps the paper takes it back; its code then says so to everybody."""
    if not document.can_become(Document.State.WITHDRAWN):
        return _no_longer(document)
    return document.offer.keeps(user, document.thing)


def _no_longer(document: Document) -> Denied:
    if document.state == Document.State.WITHDRAWN:
        return closed(_("This paper was withdrawn; nothing is done with it any more."))
    if document.state == Document.State.DRAFTED:
        return not_now(_("It is a draft; it has to be issued first."))
    return Denied(_("This paper has been issued already."), overtaken=True)
