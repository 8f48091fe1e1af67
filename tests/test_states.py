"""Every state has one colour, one icon and one word, and is told apart without colour."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from fsul_portal.grammar.states import ICONS_OF_TONES, STATES
from fsul_portal.rooms import FLOORS
from fsul_portal.verdicts import ICONS, TITLES, Kind
from members.libraries.models import Spell
from members.libraries.words import LOOKS

SPRITE = (Path(settings.BASE_DIR) / "static/icons/sprite.svg").read_text(encoding="utf-8")
TONES = {"neutral", "info", "success", "warning", "danger"}


def models_with_states():
    """Return the models of the house that keep a state, those of the grammars by what inherits them."""
    ours = (*FLOORS, "suggestions")
    return [model for model in apps.get_models() if model._meta.app_label in ours and hasattr(model, "State")]


@pytest.mark.parametrize("model", models_with_states(), ids=lambda model: model._meta.label)
def test_every_state_has_a_look_that_no_other_of_its_model_has(model):
    looks = {state: STATES.get(state.value) for state in model.State}
    assert [state for state, look in looks.items() if look is None] == []
    assert len(set(looks.values())) == len(looks)
    words = [str(state.label) for state in model.State]
    assert len(set(words)) == len(words)


def test_every_operating_state_has_a_look_of_its_own():
    assert set(LOOKS) == set(Spell.Status)
    assert len(set(LOOKS.values())) == len(LOOKS)


def test_looks_are_drawn_of_what_there_is():
    looks = [*STATES.values(), *LOOKS.values()]
    assert {look.tone for look in looks} == TONES == set(ICONS_OF_TONES)
    drawn = set(re.findall(r'id="([a-z]+)"', SPRITE))
    assert {look.icon for look in looks} | set(ICONS_OF_TONES.values()) <= drawn


@pytest.mark.parametrize("tone", sorted(TONES))
def test_a_badge_always_has_an_icon_and_a_word(tone):
    html = Template("{% load face %}{% badge word tone %}").render(Context({"word": "迟报", "tone": tone}))
    assert re.findall(r'class="badge (\w+)"><svg.*#(\w+)"></use></svg>([^<]+)<', html) == [
        (tone, ICONS_OF_TONES[tone], "迟报")
    ]


def test_no_two_kinds_of_refusal_look_alike():
    assert set(ICONS) == set(Kind) == set(TITLES)
    assert len(set(ICONS.values())) == len(set(map(str, TITLES.values()))) == len(Kind)


@pytest.mark.parametrize(
    ("state", "result", "sentence"),
    [
        ("queued", "", "It waits for its turn and begins by itself; you may leave this page."),
        ("running", "", "You may leave this page; the work goes on without you."),
        ("done", "", "It is finished."),
        ("done", "/reports/", "It is finished; its result can be opened."),
        ("failed", "", "It has ended without a result; the reason stands below."),
    ],
)
def test_long_work_says_what_is_true_of_it(state, result, sentence):
    with translation.override("en"):
        html = render_to_string("components/_run.html", {"title": "月报", "state": state, "result_url": result})
    assert re.findall(r'<p class="muted">(.*?)</p>', html) == [sentence]


def test_every_empty_list_says_what_to_do_next():
    uses = re.compile(r'include "components/_empty.html"(.*?)%}')
    templates = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
    said = {path.name: uses.findall(path.read_text(encoding="utf-8")) for path in templates}
    assert [name for name, found in said.items() for one in found if " hint=" not in one] == []


def test_no_page_draws_a_badge_past_the_component():
    past = re.compile(r'class="badge\b')
    templates = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    found = [path.name for path in templates if past.search(path.read_text(encoding="utf-8"))]
    assert found == ["_badge.html"]
