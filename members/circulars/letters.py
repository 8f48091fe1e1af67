"""Tell those who answer for libraries, all at once; a duty calls `remind` from its own reminder."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.access.models import Grant
from fsul_portal.access.rules import roles_with
from fsul_portal.calendar.days import ONE_DAY
from fsul_portal.grammar.things import kind_of
from fsul_portal.notices.actions import tell
from fsul_portal.notices.reminders import MADE_UP_FOR, step_due
from fsul_portal.templatetags.figures import day as in_words
from members.libraries.models import Division, Library, Spell
from members.people.models import User

WARN_BEFORE = 2


def people_for(copies, permission):
    """Return who answers for the libraries of these copies: by a role on one of them, or on its district of today."""
    libraries = copies.order_by().values("library")
    districts = Spell.objects.as_of().filter(library__in=libraries).order_by().values("district")
    of_library, of_district = (ContentType.objects.get_for_model(model) for model in (Library, Division))
    on = Q(content_type=of_library, object_id__in=libraries) | Q(content_type=of_district, object_id__in=districts)
    grants = Grant.objects.in_force().filter(on | Q(object_id__isnull=True), role__in=roles_with(permission))
    return User.objects.filter(pk__in=grants.order_by().values("person"), is_active=True).order_by("pk")


def tell_sent(circular):
    return _tell(circular, circular.copies.all(), "sent", lambda: _("Circular: %(circular)s"))


def tell_withdrawn(circular):
    return _tell(circular, circular.copies.all(), "withdrawn", lambda: _("Withdrawn: %(circular)s"))


def tell_missing(circular, key):
    return _tell(circular, circular.outstanding(), key, lambda: _("Not done yet: %(circular)s"))


def remind(model, day):
    """Tell those who have not done it before the day, on it and after; each once, in few queries."""
    near = (day - MADE_UP_FOR, day + WARN_BEFORE * ONE_DAY)
    sent = model.objects.filter(state=model.State.SENT, due_on__range=near).order_by("pk")
    return [notice for circular in sent for notice in _missing(circular, day)]


def _missing(circular, day):
    step = step_due(circular.due_on, (WARN_BEFORE, 0, -1), day, since=timezone.localdate(circular.sent_at))
    return [] if step is None else tell_missing(circular, f"{circular.due_on}-{step}")


def _tell(circular, copies, key, subject):
    return tell(
        people_for(copies, circular.SEATS["answerer"].permission),
        key=f"{kind_of(circular)}:{circular.pk}:{key}",
        subject=lambda: subject() % {"circular": circular},
        body=lambda: _("Due on: %(day)s") % {"day": in_words(circular.due_on)},
        link=circular.get_absolute_url(),
    )
