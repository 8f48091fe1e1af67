"""Link records both ways, and remark on them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.template import Context, Template
from django.test import RequestFactory

from fsul_portal.assignments.actions import assign
from fsul_portal.links.actions import link, links_of, unlink
from fsul_portal.links.models import Link
from fsul_portal.records.models import Record
from fsul_portal.remarks.actions import answer, close, remark
from fsul_portal.remarks.models import Remark
from fsul_portal.verdicts import Overtaken

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def task(cast, library):
    """Make a task which the office gives to the editor of Nanhai."""
    return lambda title, to="nanhai": assign(title, thing=library("NH002"), by=cast["office"], to=cast[to])


def shown(tag, thing, user):
    request = RequestFactory().get("/")
    request.user = user
    return Template("{% load attached %}{% " + tag + " thing %}").render(Context({"thing": thing, "request": request}))


def ends(thing, user):
    return [(str(one.words), str(one.thing)) for one in links_of(thing, to=user)]


def test_a_link_is_seen_from_both_ends(task, cast):
    old, new = task("Old"), task("New")
    link(new, old, "replaces", by=cast["office"])
    assert ends(new, cast["nanhai"]) == [("Replaces", "Old")]
    assert ends(old, cast["nanhai"]) == [("Is replaced by", "New")]
    assert ">New</a>" in shown("linked", old, cast["nanhai"])


def test_the_same_link_is_made_once_and_on_record_at_both_ends(task, cast):
    one, two = task("One"), task("Two")
    assert link(one, two, by=cast["office"]) == link(one, two, by=cast["office"])
    assert [Record.objects.of(end).filter(verb="linked").count() for end in (one, two)] == [1, 1]
    unlink(Link.objects.get(), by=cast["office"])
    assert (ends(one, cast["office"]), Record.objects.filter(verb="unlinked").count()) == ([], 2)


def test_only_what_the_reader_may_read_is_shown(task, cast):
    own, foreign = task("Own"), task("Foreign", to="chancheng")
    link(own, foreign, by=cast["office"])
    assert (ends(own, cast["office"]), ends(own, cast["nanhai"])) == ([("Belongs with", "Foreign")], [])
    with pytest.raises(PermissionDenied):
        link(own, foreign, "follows", by=cast["nanhai"])


def test_links_cost_the_same_for_one_and_for_many(task, cast, django_assert_num_queries):
    one = task("One")
    link(one, task("Two"), by=None)
    cast["office"].get_all_permissions()
    with django_assert_num_queries(3):
        ends(one, cast["office"])
    for number in range(10):
        link(task(f"More {number}"), one, by=None)
    with django_assert_num_queries(3):
        assert len(ends(one, cast["office"])) == 11


def test_a_record_is_not_linked_with_itself(task, cast):
    one = task("One")
    with pytest.raises(PermissionDenied, match=r"A record is not linked with itself\."):
        link(one, one, by=cast["office"])


def test_a_link_is_taken_away_by_whoever_made_it_and_an_act_s_link_by_nobody(task, cast):
    one = task("One")
    mine, act = link(one, task("Two"), by=cast["office"]), link(one, task("Three"), by=None)
    for found, person in ((mine, "nanhai"), (act, "office")):
        with pytest.raises(PermissionDenied, match=r"Only the person who linked the two takes the link away\."):
            unlink(found, by=cast[person])
    unlink(mine, by=cast["office"])
    assert list(Link.objects.all()) == [act]


@pytest.fixture
def add(task):
    return f"/links/fsul_portal.assignment/{task('One').pk}/add/"


def found_on(response):
    return [label for __, label in response.context["form"].fields["other"].choices]


def test_two_records_are_linked_by_hand_from_the_page_of_one(add, signed_in, library):
    client, other = signed_in("nanhai"), library("NH002")
    page = client.get(add, {"q": "NH002"})
    assert found_on(page) == [f"member library · {other}"]
    sent = {"other": f"members.library:{other.pk}", "relation": "follows"}
    response = client.post(f"{add}?q=NH002", sent, follow=True)
    assert [str(one) for one in response.context["messages"]] == ["The two records are linked; both pages show it."]
    made = Link.objects.get()
    assert (made.first.title, made.second, made.relation, made.linked_by.username) == (
        "One",
        other,
        "follows",
        "nanhai",
    )


def test_only_what_the_person_reads_is_found_and_taken(add, signed_in, task, library):
    """A filing or a meeting of others is neither shown nor linked by typing its key."""
    client = signed_in("nanhai")
    assert found_on(client.get(add, {"q": "NH"})) != []
    for sent in ({"other": "fsul_portal.assignment:1", "relation": "related"}, {"other": "", "relation": "related"}):
        assert client.post(f"{add}?q=NH002", sent).status_code == 200
    assert Link.objects.count() == 0
    stranger = signed_in("chancheng")
    assert (stranger.get(add).status_code, stranger.post(add).status_code) == (404, 404)


@pytest.mark.parametrize(("typed", "sentence"), [("", "This field is required."), ("x", "at least 2 characters")])
def test_a_search_that_says_too_little_is_told_so(add, signed_in, typed, sentence):
    page = signed_in("nanhai").get(add, {"q": typed})
    assert (page.context["found"], page.content.decode().count(sentence)) == ([], page.content.decode().count(sentence))
    assert page.content.decode().count(sentence) > 0


def test_what_is_not_found_leads_on(add, signed_in):
    page = signed_in("nanhai").get(add, {"q": "nowhere"}).content.decode()
    assert page.count("Nothing was found that is open to you.") == 1


def test_a_link_is_taken_away_on_the_page_where_its_button_stands(task, cast, signed_in, library):
    one, other = task("One"), library("NH002")
    client = signed_in("nanhai")
    for end, where in (("first", one), ("second", other)):
        made = link(one, other, by=cast["nanhai"])
        response = client.post(f"/links/{made.pk}/remove/", {"from": end})
        assert (response.url, Link.objects.count()) == (where.get_absolute_url(), 0)


def test_a_link_that_one_cannot_see_is_not_there(task, cast, signed_in):
    made = link(task("One"), task("Two"), by=cast["office"])
    assert signed_in("chancheng").post(f"/links/{made.pk}/remove/").status_code == 404
    assert signed_in("nanhai").post(f"/links/{made.pk}/remove/").status_code == 403


def test_a_remark_is_made_answered_and_closed(task, cast):
    one = task("One")
    made = remark(one, "Which lease?", by=cast["nanhai"], field="due_on")
    assert (made.field_in_words, made.thing) == ("Due on", one)
    with pytest.raises(PermissionDenied, match=r"Nobody answers a remark of his own\."):
        answer(made, "x", by=cast["nanhai"])
    answered = answer(made, "That of 2026", by=cast["office"])
    assert (answered.answer, answered.answered_by) == ("That of 2026", cast["office"])
    with pytest.raises(Overtaken):
        answer(made, "x", by=cast["office"])
    with pytest.raises(PermissionDenied, match=r"Only the person who made this remark closes it\."):
        close(made, by=cast["office"])
    close(made, by=cast["nanhai"])
    assert list(Remark.objects.of(one).open()) == []


def test_a_remark_is_on_a_field_that_is_there(task, cast):
    with pytest.raises(ValidationError, match=r"There is no such field\."):
        remark(task("One"), "x", by=cast["nanhai"], field="nothing")


def test_remarks_are_made_on_the_page_of_the_record(task, signed_in):
    one = task("One")
    client, address = signed_in("nanhai"), f"/remarks/fsul_portal.assignment/{one.pk}/make/"
    page = client.post(address, {"text": "<b>Which?</b>"}, follow=True).content.decode()
    # Once as a remark, once on record.
    assert (page.count("&lt;b&gt;Which?"), "<b>Which?" in page) == (2, False)
    client.post(address, {"text": ""})
    made = Remark.objects.get()
    page = signed_in("office").post(f"/remarks/{made.pk}/answer/", {"text": "This one"}, follow=True).content.decode()
    assert "This one" in page
    assert signed_in("office").post(f"/remarks/{made.pk}/close/").status_code == 403
    signed_in("nanhai").post(f"/remarks/{made.pk}/close/")
    assert Remark.objects.open().count() == 0


def test_a_stranger_remarks_on_nothing(task, cast, signed_in):
    one = task("One")
    made = remark(one, "Which?", by=cast["nanhai"])
    client = signed_in("chancheng")
    tries = [
        f"/remarks/fsul_portal.assignment/{one.pk}/make/",
        f"/remarks/{made.pk}/answer/",
        f"/remarks/{made.pk}/close/",
    ]
    assert [client.post(address, {"text": "x"}).status_code for address in tries] == [404, 404, 404]


def test_a_record_that_says_nothing_of_remarks_takes_none(cast, library):
    with pytest.raises(PermissionDenied):
        remark(library("NH002"), "x", by=cast["office"])


def test_remarks_cost_the_same_for_one_and_for_many(task, cast, django_assert_max_num_queries):
    # The reader may answer each of them; whoever remarks himself is refused before anything is asked.
    one = task("One")
    remark(one, "First", by=cast["nanhai"])
    with django_assert_max_num_queries(15) as few:
        shown("remarks", one, cast["office"])
    for number in range(10):
        remark(one, f"More {number}", by=cast["nanhai"])
    with django_assert_max_num_queries(15) as many:
        shown("remarks", one, cast["office"])
    assert len(few) == len(many)
