"""List what can be done with a filing: rule, action, form and words; portal and admin draw their buttons from it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.actions import Stale
from fsul_portal.approvals.rules import stage_for
from fsul_portal.verdicts import Verdict, require
from fsul_portal.words import Words
from workgroups.coordination.filings import actions, rules
from workgroups.coordination.filings.checks import questions
from workgroups.coordination.filings.findings import FilingRefused
from workgroups.coordination.filings.forms import ConsentForm, ReasonedForm, SubmitForm, VerbForm, add_findings
from workgroups.coordination.filings.models import Filing


@dataclass(frozen=True)
class Verb:
    """One act: its address, its button, what it means, and what is said when it is done."""

    key: str
    title: Words
    meaning: Words
    done: Words
    rule: Callable[..., Verdict]
    act: Callable[..., Filing]
    form: Callable[..., VerbForm]
    icon: str
    tone: str = ""
    is_silent: bool = False  # nobody misses the button, so nobody needs to read why it is not there


def _submit_form(filing, data=None):
    return SubmitForm(filing, data, has_questions=bool(questions(filing)))


_TABLE = (
    Verb(
        "submit",
        _("Submit"),
        _("The signing reviewer of the district library is asked to sign."),
        _("Submitted; the district's reviewer has been told."),
        rules.may_submit,
        actions.submit,
        _submit_form,
        "send",
        "primary",
    ),
    Verb(
        "agree",
        _("Agree"),
        _("Your opinion is kept with your name and the time."),
        _("Your consent has been recorded."),
        rules.may_decide,
        actions.agree,
        ConsentForm,
        "stamp",
        "primary",
    ),
    Verb(
        "give-back",
        _("Return for correction"),
        _("Those who wrote it read your note, correct it and submit it again."),
        _("Returned for correction; the submitter has been told."),
        rules.may_decide,
        actions.give_back,
        ReasonedForm,
        "left",
    ),
    Verb(
        "refuse",
        _("Refuse"),
        _("The filing ends here; a new one may be begun."),
        _("Refused; the submitter has been told."),
        rules.may_decide,
        actions.refuse,
        ReasonedForm,
        "close",
        "danger",
    ),
    Verb(
        "carry-out",
        _("Carry out now"),
        _("The registry is changed to what was approved."),
        _("Carried out; the registry has been changed."),
        rules.may_carry_out,
        actions.carry_out,
        ConsentForm,
        "check",
        "primary",
    ),
    Verb(
        "withdraw",
        _("Withdraw"),
        _("The filing ends here; what was said about it stays on record."),
        _("Withdrawn."),
        rules.may_withdraw,
        actions.withdraw,
        VerbForm,
        "remove",
        is_silent=True,
    ),
)

VERBS: dict[str, Verb] = {verb.key: verb for verb in _TABLE}

OFFERED = {
    Filing.State.DRAFT: ("submit", "withdraw"),
    Filing.State.RETURNED: ("submit", "withdraw"),
    Filing.State.SUBMITTED: ("agree", "give-back", "refuse", "withdraw"),
    Filing.State.ACCEPTED: ("carry-out", "withdraw"),
}


def offers(user, filing):
    """Return (verb, title, verdict) for each act that this state knows."""
    keys = OFFERED.get(Filing.State(filing.state), ())
    return [(VERBS[key], title(VERBS[key], user, filing), VERBS[key].rule(user, filing)) for key in keys]


def title(verb, user, filing):
    """Return the word on the button; consent is called what it is at the user's stage: sign, approve."""
    stage = stage_for(user, filing) if verb.key == "agree" else None
    return stage.verb if stage else verb.title


def perform(verb, filing, *, by, sent):
    """Do what the form asks; return (None, 302) when done, else the form with what stands against it, and a status."""
    require(verb.rule(by, filing))
    form = verb.form(filing, sent)
    if not form.is_valid():
        return form, 200
    try:
        verb.act(filing, by=by, **form.answers())
    except Stale as late:
        form = _again(verb, form, sent)
        form.add_error(None, str(late))
        return form, 409
    except FilingRefused as refused:
        form = _again(verb, form, sent)
        add_findings(form, refused.findings)
        return form, 200
    return None, 302


def _again(verb, form, sent):
    """Draw the form anew, text kept, for the filing as it is now; a tick on other facts than these falls away."""
    newest, kept = form.newest(), sent.copy()
    if newest.get("facts", "") != sent.get("facts", ""):
        kept.pop("seen", None)
    for field, value in newest.items():
        kept[field] = str(value)
    again = verb.form(Filing.objects.get(pk=form.filing.pk), kept)
    again.full_clean()
    return again


def already_done(verb, filing):
    """Return the sentence for a page that somebody opens after the fact."""
    return gettext("%(verb)s: this is no longer possible. %(filing)s is %(state)s.") % {
        "verb": verb.title,
        "filing": filing,
        "state": filing.get_state_display(),
    }
