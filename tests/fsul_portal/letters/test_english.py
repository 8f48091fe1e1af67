"""Every paper on offer has an English copy, in which nothing of ours is left in Chinese."""

import ast
import io
import re
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from docx import Document as open_word
from pypdf import PdfReader

from committee.projects.bulletins.actions import give_bulletin
from fsul_portal.letters.content import Letter, Paragraph, texts
from fsul_portal.letters.offers import ENGLISH, OFFERS
from fsul_portal.rooms import holding
from members.divisions.models import Division
from members.rosters.models import Roster
from tests.committee.projects.stage import backdated, last_quarter, under_way
from tests.fsul_portal.letters.conftest import printed, written
from tests.fsul_portal.letters.samples import ALL
from tests.stages import with_acts
from workgroups.groups.models import Group

HAN = re.compile("[\u3400-\u9fff]+")
TRANSLATION = "Translation. The Chinese text is authoritative."
TEXTS = (models.CharField, models.TextField, models.JSONField)


@pytest.fixture
def matters(cast):
    """Return every record, in every situation, for which the rooms' stages know how to bring it about."""
    acted = [thing for stage in with_acts() for __, thing in stage.situations(cast)]
    # Nothing is done with a roster or a bulletin, so that no stage brings them about.
    backdated(under_way(cast), days=130)
    bulletin = give_bulletin(quarter=last_quarter(), by=cast["office"])
    return [*acted, bulletin, *Roster.objects.current()]


def written_by_people():
    """Return all text that the rows hold, but for the names of what has an English one."""
    held = []
    for model in apps.get_models():
        if model not in (Division, Group) and not model._meta.proxy:
            names = [field.name for field in model._meta.concrete_fields if isinstance(field, TEXTS)]
            names = [name for name in names if not name.endswith("_zh")]
            held += [str(value) for row in model._default_manager.values_list(*names) for value in row] if names else []
    return "\n".join(held)


def ours_in(letter, held):
    """Return the Chinese words on a letter which nobody wrote."""
    names = set(Division.objects.values_list("name", flat=True)) | set(Group.objects.values_list("name", flat=True))
    return sorted({run for text in texts(letter) for run in HAN.findall(text) if run not in held or run in names})


def due(matters):
    return [
        (offer, thing)
        for offer in OFFERS.values()
        for thing in matters
        if thing._meta.label == offer.model and offer.is_due(thing)
    ]


def test_every_paper_on_offer_is_written_in_english_without_a_chinese_word_of_ours(matters):
    held, found = written_by_people(), due(matters)
    # A paper that is missing here needs a situation in the stage of its room in which it is due.
    assert {offer.key for offer, __ in found} == set(OFFERS)
    left = {offer.key: ours_in(offer.letter(thing, ENGLISH), held) for offer, thing in found}
    assert left == {key: [] for key in OFFERS}


def test_the_english_of_every_paper_has_the_parts_of_the_chinese_one(matters):
    held = written_by_people()
    for offer, thing in due(matters):
        chinese, english = offer.letter(thing), offer.letter(thing, ENGLISH)
        assert [type(part) for part in english.body] == [type(part) for part in chinese.body]
        assert (english.kind, english.day, english.is_sealed) == (chinese.kind, chinese.day, chinese.is_sealed)
        # What somebody has named is called so in both.
        assert english.title != chinese.title or chinese.title in held


def test_no_room_writes_a_word_of_a_paper_in_chinese_alone():
    modules = [import_module(f"{room}.papers") for room in holding("papers")]
    modules += [import_module(f"fsul_portal.letters.{name}") for name in ("actions", "english")]
    assert {module.__name__: list(chinese_literals(module)) for module in modules} == {
        module.__name__: [] for module in modules
    }


def chinese_literals(module):
    for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and HAN.search(node.value):
            yield node.value


PLAIN = Letter(
    kind="notice",
    title="Notice",
    number="12",
    addressee="all",
    body=(Paragraph("Text"),),
    attachments=("First", "Second"),
    signers=("Office",),
    day=date(2026, 3, 5),
    copies="one, two",
    printed_by="Office",
)


def test_what_the_layout_adds_is_english_on_an_english_copy():
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(printed(PLAIN, language="en"))).pages)
    assert HAN.findall(text) == []
    words = ("To: all", "Attachments: 1. First", "5 March 2026", "Copies to: one, two.", TRANSLATION)
    assert [word for word in words if word not in text] == []
    word = open_word(io.BytesIO(written(PLAIN, language="en", is_draft=True)))
    assert word.sections[0].header.paragraphs[0].text == f"{TRANSLATION} · Draft, not issued"
    assert [one.text for one in word.paragraphs if HAN.search(one.text)] == []


@pytest.mark.parametrize("name", ["notice", "form", "certificate"])
def test_an_english_copy_is_a_tagged_english_document(name):
    reader = PdfReader(io.BytesIO(printed(ALL[name], language="en")))
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert open_word(io.BytesIO(written(ALL[name], language="en"))).core_properties.language == "en-GB"
