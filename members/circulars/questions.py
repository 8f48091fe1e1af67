"""Ask for data: a few fields of simple kinds, declared by the office, and answers that fit them.

A question is {"key", "title", "kind"} and, for a choice, "choices"; "optional" where it may stay empty.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fsul_portal.acts.forms import ActForm
from fsul_portal.lives.forms import day_field
from fsul_portal.lives.models import Fault
from fsul_portal.verdicts import Unready

MOST = 20
KINDS = {
    "text": lambda **options: forms.CharField(max_length=2000, **options),
    "number": lambda **options: forms.DecimalField(max_digits=15, decimal_places=2, **options),
    "choice": lambda **options: forms.ChoiceField(**options),
    "day": lambda **options: day_field(**options),
}


def faults_of(questions):
    """Return what speaks against questions as they were declared."""
    keys = [question.get("key") for question in questions]
    if len(questions) > MOST:
        return [Fault("questions", _("At most %(most)s fields are asked.") % {"most": MOST})]
    if len(set(keys)) < len(keys) or not all(keys):
        return [Fault("questions", _("Each field needs a name of its own."))]
    if any(question.get("kind") not in KINDS or not question.get("title") for question in questions):
        return [Fault("questions", _("Each field needs a title and one of the known kinds."))]
    if any(question["kind"] == "choice" and not question.get("choices") for question in questions):
        return [Fault("questions", _("A choice needs something to choose from."))]
    return []


def field_of(question):
    """Return the field of a form for a question."""
    options = {"label": question["title"], "required": not question.get("optional", False)}
    if question["kind"] == "choice":
        empty = [("", "—")]
        options["choices"] = [*empty, *((one, one) for one in question["choices"])]
    return KINDS[question["kind"]](**options)


def read_answers(questions, answers):
    """Return the answers as plain data, or raise Unready with what does not fit, each at its field."""
    given, faults = {}, []
    for question in questions:
        try:
            given[question["key"]] = field_of(question).clean(answers.get(question["key"]))
        except ValidationError as problem:
            faults.append(Fault(question["key"], " ".join(problem.messages)))
    if faults:
        raise Unready(faults)
    return given


class AnswerForm(ActForm):
    """Ask what the circular asks."""

    def __init__(self, thing, data=None, *, initial=None):
        super().__init__(thing, data, initial=initial)
        for question in thing.circular.questions:
            self.fields[question["key"]] = field_of(question)

    def answers(self):
        return {"answers": dict(self.cleaned_data)}
