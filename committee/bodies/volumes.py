"""Bind the minutes of a body's year as one volume in the background, and keep it with the body (6.2.1 b)."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from committee.bodies.models import Body
from committee.bodies.rules import may_bind
from committee.meetings.models import Meeting
from fsul_portal.files.actions import attach
from fsul_portal.files.contents import FileRefused
from fsul_portal.files.models import Attachment
from fsul_portal.letters.offers import LANGUAGE_OF_PAPERS
from fsul_portal.lives.actions import claim as claim_thing
from fsul_portal.lives.actions import step
from fsul_portal.notices.actions import tell
from fsul_portal.notices.kinds import kind
from fsul_portal.runs.actions import request_run
from fsul_portal.runs.claims import Claim
from fsul_portal.runs.models import Run
from fsul_portal.runs.tasks import RunFailed
from fsul_portal.users import User
from members.people.models import User as Person

VOLUME_TASK = "committee.bind_minutes"
VOLUME = kind("volume", gettext_lazy("Volumes of minutes"))


@transaction.atomic
def ask_for_volume(body: Body, *, year: int, by: User, version: int | None = None) -> Run:
    """Ask for the volume of a year; asked for twice while nothing has been signed since, it is bound once."""
    body = claim_thing(body, may_bind, by=by, version=version)
    step(body, "volume asked for", by=by)
    signed = Meeting.objects.filter(body=body).of_year(year).aggregate(last=Max("minutes_final_at"))["last"]
    return request_run(
        VOLUME_TASK,
        key=f"minutes:{body.pk}:{year}:{signed:%Y%m%d%H%M%S%f}" if signed else f"minutes:{body.pk}:{year}",
        title=lambda: _("%(body)s, minutes of %(year)s") % {"body": body, "year": year},
        parameters={"body": body.pk, "year": year, "by": by.pk},
        by=by,
    )


def bind_by_run(claim: Claim) -> None:
    """Print and bind the minutes, and put the volume in the place of an earlier one of that year."""
    # What binds and prints is heavy; only the worker pays for it.
    from committee.meetings.sittings.volumes import year_of_minutes

    said = claim.run.parameters
    body, by = Body.objects.get(pk=said["body"]), Person.objects.get(pk=said["by"])
    with override(LANGUAGE_OF_PAPERS):
        content = year_of_minutes(body, said["year"])
        name = _("Minutes of %(body)s, %(year)s") % {"body": body, "year": said["year"]} + ".pdf"
    with transaction.atomic():
        earlier = Attachment.objects.of(body).standing().filter(name=name).first()
        try:
            attach(body, ContentFile(content, name=name), by=by, replaces=earlier)
        except FileRefused as problem:
            raise RunFailed(str(problem)) from problem
        claim.finish(body)
        tell(
            [by],
            key=f"{VOLUME}:{claim.run.pk}",
            subject=lambda: _("%(name)s is ready") % {"name": name},
            link=body.get_absolute_url(),
        )
