"""Write the letters that go out by mail, in the form of the house."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fsul_portal.notices.sending.channel import Channel, Way
from fsul_portal.notices.sending.letter import Letter
from fsul_portal.notices.words import NotSent, one_line
from fsul_portal.users import User


def reaches(person: User) -> bool:
    return bool(person.email)


def send(letter: Letter) -> None:
    """Send one mail, with salutation and name of the house."""
    if not message(letter).send():
        raise NotSent(_("The mail server took nothing."))


def message(letter: Letter) -> EmailMessage:
    """Put the letter into the form of the house."""
    parts = [_("Dear %(name)s,") % {"name": one_line(letter.person)}, letter.body, _farewell()]
    to = [letter.person.email]
    return EmailMessage(subject=letter.subject, body="\n\n".join(parts), from_email=_sender(), to=to)


def office_name() -> str:
    """Return the name of the house in the language that is active."""
    name: str = settings.OFFICE_NAME.get(get_language(), settings.OFFICE_NAME[settings.LANGUAGE_CODE])
    return name


def _farewell() -> str:
    choice = _("Which notices come by mail, and when, is for you to choose: %(address)s") % {
        "address": settings.SITE_URL + reverse("notice-settings")
    }
    return f"{office_name()}\n{choice}"


def _sender() -> str:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or office_name(), address))


CHANNEL = Channel(title=gettext_lazy("mail"), reaches=reaches, send=send, way=Way.AT_ONCE)
