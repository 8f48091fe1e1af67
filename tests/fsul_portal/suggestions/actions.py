"""Make, review and close."""

from django.db import transaction

from fsul_portal.acts.versions import require_version
from fsul_portal.records.actions import record
from fsul_portal.verdicts import require
from tests.fsul_portal.suggestions.models import Suggestion
from tests.fsul_portal.suggestions.rules import may_close, may_make_for, may_review


@transaction.atomic
def make(*, by, library, title, text, token):
    require(may_make_for(by, library))
    asked = {"title": title, "text": text, "library": library}
    made, fresh = Suggestion.objects.get_or_create(made_by=by, form_token=token, defaults=asked)
    if fresh:
        record(made, "suggested", by=by)
    return made


def review(suggestion, *, by, version=None, note=""):
    return _move(suggestion, Suggestion.State.REVIEWED, may_review, by, version, note)


def close(suggestion, *, by, version=None, note=""):
    return _move(suggestion, Suggestion.State.CLOSED, may_close, by, version, note)


@transaction.atomic
def _move(suggestion, state, rule, by, version, note):
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    require(rule(by, suggestion))
    require_version(suggestion, version)
    suggestion.become(state)
    suggestion.version += 1
    suggestion.save(update_fields=["state", "version"])
    record(suggestion, state.value, by=by, note=note)
    return suggestion
