"""Write the letters that go out by mail, in the form of the house."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fsul_portal.notices.calendars.events import Party, method_of, written
from fsul_portal.notices.calendars.models import NoticeEvent
from fsul_portal.notices.sending.channel import Channel, Way
from fsul_portal.notices.sending.letter import Letter
from fsul_portal.notices.words import NotSent, one_line
from fsul_portal.users import User

FILE_NAME = "invite.ics"


def reaches(person: User) -> bool:
    return bool(person.email)


def send(letter: Letter) -> None:
    """Send one mail, with salutation and name of the house."""
    if not message(letter).send():
        raise NotSent(_("The mail server took nothing."))


def message(letter: Letter) -> EmailMultiAlternatives:
    """Put the letter into the form of the house."""
    reply = [_reply_to(letter.event)] if letter.event and letter.event.reply_link else []
    parts = [_("Dear %(name)s,") % {"name": one_line(letter.person)}, letter.body, *reply, _farewell()]
    to = [letter.person.email]
    mail = EmailMultiAlternatives(subject=letter.subject, body="\n\n".join(parts), from_email=_sender(), to=to)
    if letter.event:
        _add_event(mail, letter, letter.event)
    return mail


def _reply_to(event: NoticeEvent) -> str:
    address = settings.SITE_URL + event.reply_link
    return _("Please reply here whether you come; the address is yours alone: %(address)s") % {"address": address}


def _add_event(mail: EmailMultiAlternatives, letter: Letter, event: NoticeEvent) -> None:
    """Bring the event along twice: as the part that programs offer to take over, and as a file."""
    name, address = parseaddr(_sender())
    organizer, attendee = Party(name, address), Party(one_line(letter.person), letter.person.email)
    content = written(
        event, letter.notices[0], organizer=organizer, attendee=attendee, text=_in_calendar(letter.body, event)
    )
    mail.attach_alternative(content.decode(), f"text/calendar; method={method_of(event)}")
    mail.attach(FILE_NAME, content, "application/ics")


def _in_calendar(body: str, event: NoticeEvent) -> str:
    return "\n\n".join([body, *([_reply_to(event)] if event.reply_link else [])])


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
