"""Write the letters that go out by mail, in the form of the house."""

from collections.abc import Sequence
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fsul_portal.notices.models import Notice
from fsul_portal.notices.words import NotSent, one_line
from fsul_portal.users import User


def reaches(person: User) -> bool:
    return bool(person.email)


def send(person: User, notices: Sequence[Notice]) -> None:
    """Send one letter with all the notices, in the language that is active."""
    if not (person.email and person.is_active):
        raise NotSent(_("The account is closed or has no mail address."))
    if not letter(person, notices).send():
        raise NotSent(_("The mail server took nothing."))


def letter(person: User, notices: Sequence[Notice]) -> EmailMessage:
    """Put the notices into one letter; a single one keeps its own subject."""
    first = one_line(notices[0].subject)
    subject, told = first, [_in_words(notices[0])]
    if len(notices) > 1:
        others = _(" and %(count)s more") % {"count": len(notices) - 1}
        subject = first[: 200 - len(others)] + others
        told = [f"{number}. {notice.subject}\n{_in_words(notice)}" for number, notice in enumerate(notices, start=1)]
    parts = [_("Dear %(name)s,") % {"name": one_line(person)}, *told, _farewell()]
    return EmailMessage(subject=subject, body="\n\n".join(parts), from_email=_sender(), to=[person.email])


def office_name() -> str:
    """Return the name of the house in the language that is active."""
    name: str = settings.OFFICE_NAME.get(get_language(), settings.OFFICE_NAME[settings.LANGUAGE_CODE])
    return name


def _in_words(notice: Notice) -> str:
    return "\n\n".join(filter(None, [notice.body, f"{settings.SITE_URL}{notice.link}"]))


def _farewell() -> str:
    choice = _("Which notices come by mail, and when, is for you to choose: %(address)s") % {
        "address": settings.SITE_URL + reverse("notice-settings")
    }
    return f"{office_name()}\n{choice}"


def _sender() -> str:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or office_name(), address))
