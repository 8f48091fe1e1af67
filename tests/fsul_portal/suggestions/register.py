"""Declare the list, page, form and acts of suggestions."""

from django import forms

from fsul_portal.acts.forms import NoteForm, ReasonForm, TokenForm
from fsul_portal.acts.verbs import Acts, Verb, in_states
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.register import Register
from members.libraries.models import Library
from tests.fsul_portal.suggestions import actions, rules
from tests.fsul_portal.suggestions.models import Suggestion


class SuggestionForm(TokenForm):
    library = forms.ModelChoiceField(Library.objects.all(), to_field_name="code")
    title = forms.CharField(max_length=100)
    text = forms.CharField(widget=forms.Textarea)


def _verb(key, tone, icon, rule, act, form, state):
    words = {"title": key.title(), "meaning": f"{key.title()} it.", "done": "Done: %(thing)s.", "way_back": "None."}
    way = {"rule": rule, "act": act, "form": form, "offered": in_states(state)}
    return Verb(key=key, icon=icon, tone=tone, effect=lambda one: f"{one.library.code} is told", **way, **words)


ACTS = Acts(
    "suggestion",
    (
        _verb("review", "primary", "check", rules.may_review, actions.review, NoteForm, "open"),
        _verb("close", "danger", "close", rules.may_close, actions.close, ReasonForm, "reviewed"),
    ),
)
TITLE, LIBRARY = Column("title", "Title", sort="title", is_name=True), Column("library", "Library", "library.code")
STATE, MADE_BY = Column("state", "State", sort="state", is_state=True), Column("made_by", "Made by", is_shown=False)


class Suggestions(Register):
    name, clause, model, acts, form = "suggestion", "7.3", Suggestion, ACTS, SuggestionForm
    title, new_title, empty = "Suggestions", "New suggestion", "Nothing has been suggested."
    columns = (TITLE, LIBRARY, STATE, Column("made_at", "Made at", sort="-made_at"), MADE_BY)
    filters, search, order = ("state",), ("title", "text"), ("-made_at",)
    facts = (LIBRARY, Column("text", "Suggestion"), MADE_BY)
    deeds = {"suggested": Deed("made it", "info", "send"), "closed": Deed("closed it", "neutral", "lock")}
    parts = ("attachments", "linked", "remarks", "tasks")
    page_template = "suggestions/suggestion_page.html"
    may_create, create = staticmethod(rules.may_make), staticmethod(actions.make)


urlpatterns = Suggestions().urls("suggestions/")
