"""Write one page on what an item is about, to be read before the meeting (6.2.1 b)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from committee.agendas.models import Item
from committee.bodies.rules import may_keep
from committee.meetings.models import Meeting
from committee.meetings.wording.titles import meeting_in_words
from fsul_portal.letters.content import Kind, Labelled, Letter, Paragraph, typed
from fsul_portal.letters.offers import Offer, offered
from fsul_portal.links.models import Link
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Verdict, not_now


def may_keep_papers(user: User, item: Item) -> Verdict:
    """The secretary issues the papers of the items (6.2.1 b)."""
    return may_keep(user, item.meeting.body)


def is_to_be_read(item: Item) -> Verdict:
    """A paper is written for an item that says what it is about, before its meeting."""
    if item.meeting.state != Meeting.State.CALLED:
        return not_now(_("The meeting has been held."))
    if not item.reason.strip():
        return not_now(_("Say first what the item is about."))
    return Allowed()


def paper(item: Item) -> Letter:
    """Write what the item is about, what it belongs to, and who speaks."""
    matters = [str(one.second) for one in Link.objects.of(item) if one.first == item]
    return Letter(
        kind=Kind.LETTER,
        title=pgettext("paper", "On the item “%(item)s”") % {"item": item.title},
        body=(
            Labelled(pgettext("paper", "Meeting"), meeting_in_words(item.meeting)),
            *([Labelled(pgettext("paper", "Speaker"), item.speaker)] if item.speaker else []),
            *([Labelled(pgettext("paper", "Belongs to"), "；".join(matters))] if matters else []),
            Paragraph(pgettext("paper", "What it is about:")),
            *typed(item.reason),
        ),
    )


PAPER = offered(
    Offer("item-paper", gettext_lazy("paper of an item"), "committee.Item", may_keep_papers, is_to_be_read, paper)
)
