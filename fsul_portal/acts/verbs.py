"""Draw the buttons, the page and the refusals of every room out of its one table of verbs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from fsul_portal.acts.forms import ActForm
from fsul_portal.grammar.words import Words
from fsul_portal.users import User
from fsul_portal.verdicts import Denied, Kind, Refusal, Unready, Verdict, require


def always(thing: Any) -> bool:
    return True


def in_states(*states: str) -> Callable[[Any], bool]:
    """Offer a verb in these states of the thing only."""
    return lambda thing: thing.state in states


@dataclass(frozen=True, kw_only=True)
class Verb:
    """One act: its address, its button, what it means, what it will do with its numbers, and how it is undone.

    named: the word on the button, where it depends on who presses it. done may name the thing as %(thing)s.
    Templates: `shows` is what is looked at before, `fields` draws the form, `kept` what was typed too late, `stored`
    what somebody else has saved meanwhile.
    """

    key: str
    title: Words
    meaning: Words
    done: Words
    icon: str
    rule: Callable[..., Verdict]
    act: Callable[..., Any]
    effect: Callable[[Any], Words]
    way_back: Words
    form: Callable[..., ActForm] = ActForm
    tone: str = ""
    address: str = ""
    offered: Callable[[Any], bool] = always
    named: Callable[[User, Any], Words] | None = None
    is_silent: bool = False  # nobody misses the button, so nobody needs to read why it is not there
    shows: str = ""
    fields: str = "acts/_form.html"
    kept: str = "acts/_kept.html"
    stored: str = ""

    def title_for(self, user: User, thing: Any) -> Words:
        return self.named(user, thing) if self.named else self.title

    def said(self, thing: Any) -> str:
        return str(self.done) % {"thing": thing}


@dataclass(frozen=True)
class Offer:
    """A verb as one person meets it on the page of one thing."""

    verb: Verb
    title: Words
    verdict: Verdict
    url: str


@dataclass(frozen=True)
class Offers:
    """What a person can do with a thing now, and why not the rest: each sentence once, with the acts it stands for."""

    open: list[Offer]
    denied: list[tuple[str, Denied]]

    def __bool__(self) -> bool:
        return bool(self.open or self.denied)


class Acts:
    """The acts of one kind of thing, under the names of their addresses: `committee:meeting-roll`."""

    def __init__(self, name: str, verbs: tuple[Verb, ...], *, key: str = "pk") -> None:
        self.name, self.key = name, key
        self.verbs = {verb.key: verb for verb in verbs}

    def __getitem__(self, key: str) -> Verb:
        return self.verbs[key]

    def url(self, verb: Verb, thing: Any) -> str:
        return reverse(f"{self.name}-{verb.key}", kwargs={self.key: getattr(thing, self.key)})

    def offered(self, thing: Any) -> list[Verb]:
        """Return the verbs which this state of the thing knows."""
        return [verb for verb in self.verbs.values() if verb.offered(thing)]

    def offers(self, user: User, thing: Any) -> Offers:
        """Return the buttons of a thing for one person, and the sentences in the place of the others."""
        every = [
            Offer(verb, verb.title_for(user, thing), verb.rule(user, thing), self.url(verb, thing))
            for verb in self.offered(thing)
        ]
        return Offers([offer for offer in every if offer.verdict], _denied(every))


def _denied(offers: list[Offer]) -> list[tuple[str, Denied]]:
    told: dict[str, tuple[list[str], Denied]] = {}
    for offer in offers:
        if isinstance(offer.verdict, Denied) and not offer.verb.is_silent:
            told.setdefault(str(offer.verdict.sentence), ([], offer.verdict))[0].append(str(offer.title))
    return [(" / ".join(titles), verdict) for titles, verdict in told.values()]


def perform(verb: Verb, thing: Any, *, by: User, sent: QueryDict, files: Any = None) -> tuple[ActForm | None, int]:
    """Do what the form asks; return (None, 302) when done, else the form with what stands against it, and a status.

    Whoever has no right gets the refusal itself, whatever he sent; whoever is late keeps his text.
    """
    form, verdict = verb.form(thing, sent), verb.rule(by, thing)
    form.files = files or form.files
    if isinstance(verdict, Denied):
        if verdict.kind is Kind.NO_RIGHT:
            require(verdict)
        return form, 409
    if not form.is_valid():
        return form, 200
    try:
        verb.act(thing, by=by, **form.answers())
    except Unready as unready:
        form = _again(verb, form)
        form.show(unready.findings)
        return form, 200
    except Refusal as refusal:
        if refusal.kind is Kind.NO_RIGHT:
            raise
        form = _again(verb, form)
        form.add_error(None, str(refusal))
        return form, 409
    return None, 302


def _again(verb: Verb, form: ActForm) -> ActForm:
    """Draw the form anew, text kept, for the thing as it is now; whoever sends it once more has seen that."""
    thing = type(form.thing)._default_manager.filter(pk=form.thing.pk).first() or form.thing
    again = verb.form(thing, form.kept(thing))
    again.files = form.files
    again.full_clean()
    return again
