"""Write the letters that go out by mail, in the form of the house."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fsul_portal.notices.words import NotSent, one_line


def reaches(person):
    return bool(person.email)


def send(person, notices):
    """Send one letter with all the notices, in the language that is active."""
    if not (person.email and person.is_active):
        raise NotSent(_("The account is closed or has no mail address."))
    if not letter(person, notices).send():
        raise NotSent(_("The mail server took nothing."))


def letter(person, notices):
    """Put the notices into one letter; a single one keeps its own subject."""
    first = one_line(notices[0].subject)
    subject, told = first, [_in_words(notices[0])]
    if len(notices) > 1:
        others = _(" and %(count)s more") % {"count": len(notices) - 1}
        subject = first[: 200 - len(others)] + others
        told = [f"{number}. {notice.subject}\n{_in_words(notice)}" for number, notice in enumerate(notices, start=1)]
    parts = [_("Dear %(name)s,") % {"name": one_line(person)}, *told, _farewell()]
    return EmailMessage(subject=subject, body="\n\n".join(parts), from_email=_sender(), to=[person.email])


def office_name():
    """Return the name of the house in the language that is active."""
    return settings.OFFICE_NAME.get(get_language(), settings.OFFICE_NAME[settings.LANGUAGE_CODE])


def _in_words(notice):
    return "\n\n".join(filter(None, [notice.body, f"{settings.SITE_URL}{notice.link}"]))


def _farewell():
    choice = _("Which notices come by mail, and when, is for you to choose: %(address)s") % {
        "address": settings.SITE_URL + reverse("notice-settings")
    }
    return f"{office_name()}\n{choice}"


def _sender():
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or office_name(), address))
