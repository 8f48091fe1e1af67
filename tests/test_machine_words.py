"""No machine word reaches a person: every page, as everybody, in both languages, says its codes in words."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django_celery_beat.models import PeriodicTask

from tests.permission_table import address, clients_of, doors, set_table
from tests.responses import put_away
from tests.seen import machine_words, refused_by_machines, said_by_machines, seen_in

READERS_OF_ENGLISH = ("admin", "office")
OF_PACKAGES = ("django_celery_beat_periodictask", "axes_accesslog")


@pytest.fixture
def things(cast):
    call_command("load_defaults", verbosity=0)
    return set_table(cast)


def pages(things):
    """Return the addresses of all pages, those of the packages in the administration with them."""
    yield from (address(name, things) for name in doors())
    yield from (reverse(f"admin:{name}_changelist") for name in OF_PACKAGES)


def test_no_page_says_a_machine_word_in_english(cast, things):
    """In Chinese the crawl of the permissions holds it, as everybody at every door."""
    every, found = clients_of(cast), set()
    for person in READERS_OF_ENGLISH:
        every[person].cookies["django_language"] = "en"
        for path in pages(things):
            found |= {(path, *one) for one in said_by_machines(put_away(every[person].get(path)), chinese=False)}
    assert sorted(found) == []


def test_no_list_of_a_package_says_a_machine_word_in_chinese(cast, things):
    client = clients_of(cast)["admin"]
    lists = [reverse(f"admin:{name}_changelist") for name in OF_PACKAGES]
    jobs = [reverse("admin:django_celery_beat_periodictask_change", args=[PeriodicTask.objects.first().pk])]
    found = [one for path in (*lists, *jobs) for one in said_by_machines(put_away(client.get(path)))]
    assert found == []


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>2026-10 的月报</p>", ["2026-10"]),
        ("<td>2026-10-05</td><td>2026-10-05 08:30</td>", []),
        ('<p title="2026-10-05T08:30">馆</p>', ["2026-10-05T08"]),
        ("<td>central</td>", ["central"]),
        ("<td>lending_suspended</td>", ["lending_suspended", "lending_suspended"]),
        ("<td>celery.backend_cleanup</td>", ["celery.backend_cleanup"]),
        ("<td>None</td><td>True</td>", ["None", "True"]),
        ("<script>None</script><code>library_code</code><input value='2026-10'>", []),
        ("<p>4f1f0c5e-7a63-4d1a-9a0e-6f4d2b7c1a55</p>", ["4f1f0c5e-7a63-4d1a-9a0e-6f4d2b7c1a55"]),
    ],
)
def test_a_machine_word_is_seen_where_people_see_it(html, words):
    assert [word for __, word, __ in machine_words(html)] == words
    assert seen_in("<b>a</b><i>b</i>").split() == ["a", "b"]


@pytest.mark.parametrize(
    ("html", "kinds"),
    [
        ('<time datetime="2026-11-27T10:09+08:00">', []),
        ('<time class="muted" datetime="2026-11-27">', []),
        ('<time datetime="2026-11-27T10:0910:09 上午">', ["no moment"]),
        ('<input data-hx-get="/x/">', []),
        ('<input hx-get="/x/">', ["no attribute"]),
    ],
)
def test_what_html_does_not_take_is_found(html, kinds):
    assert [kind for kind, *__ in refused_by_machines(html)] == kinds
