"""Ask the lists of the admin what they do not offer, all of them (checklist C1)."""

import pytest
from django.contrib import admin
from django.urls import reverse

from fsul_portal.pages.backstage import FiltersOnly
from members.people.models import User

HOSTILE = [
    {"id__regex": "("},
    {"pk__gt": "0"},
    {"id": "1"},
    {"id__in": "1,2"},
    {"pk__in": "x"},
    {"no_such_field": "1"},
    {"p": "abc"},
    {"p": "0"},
    {"p": "-1"},
    {"p": "99999"},
    {"p": "9" * 5000},
    {"_to_field": "nothing"},
]
HOSTILE_DAYS = [
    {"__year": "0"},
    {"__year": "abc"},
    {"__year": "99999"},
    {"__year": "9" * 400},
    {"__year": "9999"},
    {"__year": "9999", "__month": "12", "__day": "31"},
    {"__year": "2026", "__month": "13"},
    {"__year": "2026", "__month": "2", "__day": "30"},
    {"__month": "5"},
    {"__gte": "2026-01-01"},
    {"__regex": "^2"},
]
SEARCHES = [{"q": "'\"(%_\\\x00", "o": "abc"}, {"o": "99.-99.x." + "9" * 400}]
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def root(db, client):
    """Sign in as somebody to whom every list is open."""
    client.force_login(
        User.objects.create_superuser("root", password="long-enough-2026"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def hostile_to(model):
    """Yield questions that no list answers: of all its fields, of its days, of its pages and of those of its people."""
    yield from HOSTILE
    for field in model._meta.concrete_fields:
        yield {f"{field.attname}__regex": "^a"}
        if field.is_relation:
            yield {f"{field.name}__password__regex": "^a"}
    hierarchy = admin.site._registry[model].date_hierarchy
    for parts in HOSTILE_DAYS if hierarchy else []:
        yield {f"{hierarchy}{part}": value for part, value in parts.items()}


def parameters_of(changelist):
    return {name for offered in changelist.filter_specs for name in offered.expected_parameters()}


def test_every_list_stands_on_the_one_base():
    assert [model for model in MODELS if not isinstance(admin.site._registry[model], FiltersOnly)] == []
    assert len(MODELS) > 20


@pytest.mark.checklist("C1", "B5")
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_list_answers_what_its_filters_do_not_offer(root, model):
    offered = parameters_of(root.get(list_of(model)).context["cl"])
    asked = [one for one in hostile_to(model) if not set(one) <= offered]
    answered = {str(one): root.get(list_of(model), one).status_code for one in asked}
    assert {asked: status for asked, status in answered.items() if status != 400} == {}


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("model", [one for one in MODELS if admin.site._registry[one].date_hierarchy], ids=str)
def test_the_first_year_of_all_breaks_no_list_whatever_the_database_makes_of_it(root, model):
    """PostgreSQL knows the year 1, SQLite does not: it may be empty or refused, but not break."""
    asked = {f"{admin.site._registry[model].date_hierarchy}__year": "1"}
    assert root.get(list_of(model), asked).status_code in {200, 400}


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_search_and_an_order_never_break_a_list(root, model):
    assert [root.get(list_of(model), asked).status_code for asked in SEARCHES] == [200] * len(SEARCHES)


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_filter_that_is_offered_answers_and_takes_no_nonsense(root, model):
    changelist = root.get(list_of(model)).context["cl"]
    for offered in changelist.filter_specs:
        choice = list(offered.choices(changelist))[-1]
        # What opens as a box is a form with its choices.
        asked = choice.get("query_string") or f"?{offered.parameter_name}={offered.lookup_choices[-1][0]}"
        assert root.get(list_of(model) + asked).status_code == 200
    for name in parameters_of(changelist):
        for value in ("(", "9" * 400):
            assert root.get(list_of(model), {name: value}).status_code in {200, 400}


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("key", ["abc", "9" * 400, "-1.5"])
def test_rows_are_chosen_by_keys_alone(root, model, key):
    sent = {"action": "delete_selected", "_selected_action": key, "index": "0"}
    assert root.post(list_of(model), sent).status_code in {200, 302, 400, 403}


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("page", ["abc", "0", "-1", "99", "9" * 5000])
def test_a_search_over_everything_has_no_nonsense_pages(root, page):
    assert root.get("/admin/search/", {"s": "user", "page": page}).status_code == 400
    assert root.get("/admin/search/", {"s": "user", "page": "1"}).status_code == 200


@pytest.mark.checklist("C1")
def test_a_refusal_is_a_page_in_the_language_of_the_person(root):
    asked = {"password__regex": "^a"}
    assert "无法识别的请求" in root.get("/admin/members/user/", asked).content.decode()
    root.cookies["django_language"] = "en"
    assert "Not understood" in root.get("/admin/members/user/", asked).content.decode()


@pytest.mark.checklist("B5")
def test_the_office_asks_no_passwords_out_of_the_list_of_accounts(signed_in):
    answers = [signed_in("office").get("/admin/members/user/", {"password__regex": asked}) for asked in ("^a", "^m")]
    assert [answer.status_code for answer in answers] == [400, 400]


@pytest.mark.checklist("C1")
def test_choices_for_a_box_are_found_by_their_own_search_alone(root):
    asked = {"app_label": "fsul_portal", "model_name": "grant", "field_name": "person"}
    assert root.get("/admin/autocomplete/", asked | {"term": "'(%"}).status_code == 200
    assert root.get("/admin/autocomplete/", asked | {"page": "abc"}).status_code == 404
    assert root.get("/admin/autocomplete/", asked | {"field_name": "password"}).status_code == 403
