"""Hold links against those who would break them: itself, both ways round, what is gone, two at once, both languages."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from fsul_portal.assignments.actions import assign
from fsul_portal.assignments.models import Assignment
from fsul_portal.links import rules
from fsul_portal.links.actions import link, links_of, unlink
from fsul_portal.links.models import Link
from fsul_portal.links.relations import FOLLOWS, RELATED, RELATIONS, REPLACES
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Kind
from tests.hands import at_once

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def task(cast, library):
    return lambda title, to="nanhai": assign(title, thing=library("NH002"), by=cast["office"], to=cast[to])


def ends(thing, user):
    return [(str(one.words), str(one.thing)) for one in links_of(thing, to=user)]


def verbs(thing):
    return list(Record.objects.of(thing).order_by("pk").values_list("verb", "before", "after"))


@pytest.mark.parametrize("relation", [RELATED, REPLACES, FOLLOWS])
@pytest.mark.parametrize("username", ["office", None])
def test_nothing_is_linked_with_itself_by_a_person_or_a_job(relation, username, task, cast):
    one = task("One")
    with pytest.raises(PermissionDenied, match=r"A record is not linked with itself\."):
        link(one, Assignment.objects.get(pk=one.pk), relation, by=cast.get(username))
    assert (Link.objects.count(), verbs(one)) == (0, [])


def test_what_belongs_together_either_way_round_is_one_link(task, cast):
    one, two = task("One"), task("Two")
    assert link(one, two, by=cast["office"]) == link(two, one, by=cast["office"])
    assert (ends(one, cast["office"]), ends(two, cast["office"])) == (
        [("Belongs with", "Two")],
        [("Belongs with", "One")],
    )
    assert verbs(two) == [("linked", {}, {"with": "One"})]


@pytest.mark.parametrize("relation", [REPLACES, FOLLOWS])
def test_what_has_a_direction_is_another_link_the_other_way_round(relation, task, cast):
    one, two = task("One"), task("Two")
    assert link(one, two, relation, by=cast["office"]) != link(two, one, relation, by=cast["office"])
    words = RELATIONS[relation]
    assert ends(one, cast["office"]) == [(str(words.there), "Two"), (str(words.back), "Two")]


def test_two_records_of_one_key_and_two_kinds_are_not_mistaken_for_one(task, cast, library):
    here = library("NH002")
    one = task("One")
    Assignment.objects.filter(pk=one.pk).update(id=here.pk)
    same_key = Assignment.objects.get(pk=here.pk)
    made = link(same_key, here, by=None)
    assert (made.first, made.second) == (same_key, here)
    assert [one.thing for one in links_of(same_key, to=cast["office"])] == [here]
    assert [one.thing for one in links_of(here, to=cast["office"])] == [same_key]


@pytest.mark.parametrize("username", ["nanhai", "observer"])
def test_whoever_does_not_read_both_links_and_parts_nothing(username, task, cast):
    own, foreign = task("Own"), task("Foreign", to="chancheng")
    made = link(own, foreign, by=cast["office"])
    verdict = rules.may_link(cast[username], own, foreign)
    assert (verdict.kind, verdict.sentence) == (
        Kind.NO_RIGHT,
        "This belongs to a record that is not open to you.",
    )
    with pytest.raises(PermissionDenied):
        unlink(made, by=cast[username])
    assert (Link.objects.get(), Record.objects.filter(verb="unlinked").count()) == (made, 0)


def test_both_ends_remember_a_link_that_was_taken_away_and_it_may_come_again(task, cast):
    one, two = task("One"), task("Two")
    unlink(link(one, two, by=cast["office"]), by=cast["office"])
    assert verbs(one) == [("linked", {}, {"with": "Two"}), ("unlinked", {"with": "Two"}, {})]
    assert verbs(two) == [("linked", {}, {"with": "One"}), ("unlinked", {"with": "One"}, {})]
    assert str(link(one, two, by=None)) == "One · related · Two"


def test_the_end_of_a_link_that_is_gone_is_not_shown(task, cast):
    one, two, three = task("One"), task("Two"), task("Three")
    for other in (two, three):
        link(one, other, by=None)
    Assignment.objects.filter(pk=two.pk).delete()
    assert ends(one, cast["office"]) == [("Belongs with", "Three")]


def test_an_unknown_relation_is_a_mistake_of_the_room_and_keeps_nothing(task):
    with pytest.raises(KeyError):
        link(task("One"), task("Two"), "unheard-of", by=None)
    assert Link.objects.count() == 0


def test_links_of_many_kinds_cost_a_query_a_kind(task, cast, library):
    one, office = task("One"), cast["office"]
    costs = []
    for others in ([task("Two"), library("NH001")], [task(str(number)) for number in range(5)]):
        for other in others:
            link(one, other, by=None)
        ends(one, office)
        with CaptureQueriesContext(connection) as asked:
            ends(one, office)
        costs.append(len(asked))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("relation", sorted(RELATIONS))
def test_every_relation_has_chinese_words_for_both_ends(relation):
    way = RELATIONS[relation]
    english = (str(way.there), str(way.back))
    with translation.override("zh-hans"):
        chinese = (str(way.there), str(way.back))
    assert [word.isascii() for word in (*english, *chinese)] == [True, True, False, False]
    assert (english[0] == english[1]) == way.is_mutual


def test_of_many_who_link_at_once_one_link_is_made(cast, many_hands):
    from members.libraries.models import Library

    here = Library.objects.get(code="NH002")
    one, two = (assign(title, thing=here, by=cast["office"], to=cast["nanhai"]) for title in ("One", "Two"))
    outcomes = at_once(lambda __: link(one, two, REPLACES, by=None).pk, times=4)
    assert (len(set(outcomes)), Link.objects.count()) == (1, 1)
    assert [Record.objects.of(end).filter(verb="linked").count() for end in (one, two)] == [1, 1]


def test_of_many_who_take_a_link_away_at_once_one_is_on_record(cast, many_hands):
    from members.libraries.models import Library

    here, office = Library.objects.get(code="NH002"), cast["office"]
    one, two = (assign(title, thing=here, by=office, to=cast["nanhai"]) for title in ("One", "Two"))
    made = link(one, two, by=office)
    assert at_once(lambda __: unlink(made, by=office), times=4) == [None] * 4
    assert [Record.objects.of(end).filter(verb="unlinked").count() for end in (one, two)] == [1, 1]
