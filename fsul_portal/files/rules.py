"""Say who attaches and who withdraws; who reads is for the record itself to say."""

from django.db.models import Model
from django.utils.translation import gettext as _

from fsul_portal.files.models import Attachment
from fsul_portal.grammar.things import may_read
from fsul_portal.users import User
from fsul_portal.verdicts import Denied, Verdict


def may_attach(user: User, thing: Model | None) -> Verdict:
    """Whoever reads the record attaches to it, if the record's own `may_attach` agrees."""
    return may_read(user, thing) and agrees_to_attach(user, thing)


def agrees_to_attach(user: User, thing: Model | None) -> Verdict:
    """Ask the record alone, on a page that only those see who read it."""
    ask = getattr(thing, "may_attach", None)
    return ask(user) if ask else Denied(_("No files are attached to this."))


def may_withdraw(user: User, attachment: Attachment) -> Verdict:
    """Whoever attached a file withdraws it, as long as he may still attach."""
    if attachment.withdrawn_at:
        return Denied(_("This file was withdrawn already."), overtaken=True)
    if attachment.attached_by_id != user.pk:
        return Denied(_("Only the person who attached this file withdraws it."))
    return may_attach(user, attachment.thing)


def may_download(user: User, attachment: Attachment) -> Verdict:
    """A file is read by those who read its record; a withdrawn one by whoever attached it alone."""
    if attachment.withdrawn_at and attachment.attached_by_id != user.pk:
        return Denied(_("This file was withdrawn."))
    return may_read(user, attachment.thing)
