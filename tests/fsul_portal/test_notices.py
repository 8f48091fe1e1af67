"""Hold the outbox: everybody is told once, in the portal and by mail, and what fails is seen."""

import re
from datetime import timedelta
from email.header import decode_header, make_header

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import Choice, Delivery, Notice, Reader
from fsul_portal.notices.sending.outbox import send_due
from fsul_portal.notices.tasks import send_letters
from members.people.models import User
from tests.hands import at_once

pytestmark = pytest.mark.usefixtures("in_english")

LIST = "/notices/"


class RefusingServer(BaseEmailBackend):
    """Stand for a mail server that refuses everybody."""

    attempts = 0

    def send_messages(self, messages):
        type(self).attempts += 1
        raise ConnectionRefusedError(111, "Connection refused\r\nby the server")


class SilentServer(BaseEmailBackend):
    """Stand for a mail server that takes nothing and says nothing."""

    def send_messages(self, messages):
        return 0


class DyingSender(BaseEmailBackend):
    """Stand for a process that is killed while the mail goes out."""

    def send_messages(self, messages):
        raise SystemExit


@pytest.fixture
def server(settings):
    """Put another mail server in place: `server(RefusingServer)`."""

    def place(kind):
        settings.EMAIL_BACKEND = f"{__name__}.{kind.__name__}"
        kind.attempts = 0

    return place


@pytest.fixture
def told(cast):
    """Tell the office one thing; the value is its notice."""
    return tell([cast["office"]], key="k", subject="Month locked", body="2026-03", link="/committee/")[0]


def wait_over():
    """Let every pause be over."""
    Delivery.objects.update(due_at=timezone.now())


def delivery():
    return Delivery.objects.get()


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_nobody_is_told_the_same_thing_twice(cast):
    people = [cast["office"], cast["chair"], cast["office"]]
    first = tell(people, key="7.1:2026", subject="Too few meetings")
    second = tell([*people, cast["nanhai"]], key="7.1:2026", subject="Too few meetings")
    assert [notice.recipient.username for notice in first] == ["office", "chair"]
    assert [notice.recipient.username for notice in second] == ["nanhai"]
    assert (Notice.objects.count(), Delivery.objects.count()) == (3, 3)


def test_many_who_tell_at_once_tell_once(many_hands, cast):
    outcomes = at_once(lambda number: tell([cast["office"], cast["chair"]], key="k", subject="Once"), times=6)
    assert sum(map(len, outcomes)) == 2
    assert (Notice.objects.count(), Delivery.objects.count()) == (2, 2)


def test_a_closed_account_is_told_nothing(cast):
    cast["branch"].is_active = False
    assert tell([cast["branch"]], key="k", subject="Nobody reads this") == []


def test_a_notice_is_written_in_the_language_of_the_portal(cast, settings):
    settings.LANGUAGE_CODE = "de"
    settings.LANGUAGES = [("de", "Deutsch"), ("en", "English")]
    notice = tell([cast["office"]], key="k", subject=gettext_lazy("January"))[0]
    assert notice.subject == "Januar"


def test_everybody_reads_the_own_language(cast):
    Reader.objects.create(person=cast["chair"], language="zh-hans")
    notices = tell(
        [cast["office"], cast["chair"]], key="k", subject=lambda: gettext("January"), body=gettext_lazy("May")
    )
    assert [(one.subject, one.body) for one in notices] == [("January", "May"), ("一月", "五月")]
    assert send_due() == 2
    greetings = {letter.body.splitlines()[0] for letter in mail.outbox}
    assert greetings == {f"Dear {cast['office']},", f"{cast['chair']}：您好！"}


def test_a_mail_carries_the_words_and_the_way_to_the_page(told, settings):
    settings.SITE_URL, settings.OFFICE_NAME = "https://portal.example.org", {"en": "统筹办公室"}
    assert send_due() == 1
    letter = mail.outbox[0]
    assert (letter.subject, letter.to) == ("Month locked", ["office@example.org"])
    assert str(make_header(decode_header(letter.from_email))) == "统筹办公室 <portal@localhost>"
    assert letter.body.split("\n\n") == [
        f"Dear {told.recipient},",
        "2026-03",
        "https://portal.example.org/committee/",
        "统筹办公室\nWhich notices come by mail, and when, is for you to choose: "
        "https://portal.example.org/notices/settings/",
    ]
    assert (delivery().state, delivery().attempts) == ("sent", 1)


def test_a_sender_who_has_a_name_keeps_it(told, settings):
    settings.DEFAULT_FROM_EMAIL = "Portal <portal@example.org>"
    send_due()
    assert mail.outbox[0].from_email == "Portal <portal@example.org>"


def test_what_was_sent_is_not_sent_again(told):
    assert [send_due() for __ in range(3)] == [1, 0, 0]
    wait_over()
    send_letters()
    assert len(mail.outbox) == 1


def test_several_senders_at_once_send_each_mail_once(many_hands, cast):
    for number in range(5):
        tell([cast["office"], cast["chair"]], key=str(number), subject=f"Notice {number}")
    assert sum(at_once(lambda number: send_due(), times=4)) == 10
    assert len({(letter.subject, *letter.to) for letter in mail.outbox}) == len(mail.outbox) == 10


def test_several_of_a_kind_go_out_in_one_mail(cast):
    for number in range(22):
        tell([cast["office"]], key=f"filing:{number}", subject=f"Filing {number}", link=f"/filings/{number}/")
    tell([cast["office"]], key="meeting:1", subject="Meeting called")
    assert send_due() == 2
    assert [letter.subject for letter in mail.outbox] == ["Filing 0 and 21 more", "Meeting called"]
    assert [line for line in mail.outbox[0].body.splitlines() if line.endswith("Filing 21")] == ["22. Filing 21"]
    assert mail.outbox[0].body.count("/filings/21/") == 1


def test_what_follows_a_mail_of_the_same_kind_waits_for_the_end_of_the_window(cast, time_machine):
    time_machine.move_to("2026-03-04T09:00:00+08:00", tick=False)
    tell([cast["office"]], key="filing:1", subject="First")
    send_due()
    for number in (2, 3):
        tell([cast["office"], cast["chair"]], key=f"filing:{number}", subject=f"Filing {number}")
    assert send_due() == 1  # the chair has had no mail of this kind
    time_machine.move_to("2026-03-04T09:30:00+08:00", tick=False)
    assert send_due() == 1
    assert [letter.subject for letter in mail.outbox] == ["First", "Filing 2 and 1 more", "Filing 2 and 1 more"]


def test_the_kind_is_the_beginning_of_the_key_unless_said_otherwise(cast):
    tell([cast["office"]], key="filing:1:decided", subject="A")
    tell([cast["office"]], key="whatever-1", subject="B", kind="filing")
    assert list(Notice.objects.values_list("kind", flat=True)) == ["filing", "filing"]


def test_each_person_chooses_the_way_of_each_kind(cast, time_machine):
    time_machine.move_to("2026-03-04T09:00:00+08:00", tick=False)
    Choice.objects.create(person=cast["office"], kind="filing", channel="mail", way="daily")
    Choice.objects.create(person=cast["office"], kind="task", channel="mail", way="daily")
    Choice.objects.create(person=cast["chair"], kind="filing", channel="mail", way="never")
    both = [cast["office"], cast["chair"]]
    assert len(tell(both, key="filing:1", subject="Filing")) == 2
    assert len(tell(both, key="task:1", subject="Task")) == 2
    assert (send_due(), mail.outbox[0].to) == (1, [cast["chair"].email])
    time_machine.move_to("2026-03-05T08:00:00+08:00", tick=False)
    assert (send_due(), mail.outbox[1].subject) == (1, "Filing and 1 more")


def test_what_no_room_has_declared_goes_by_the_choice_for_everything_else(cast):
    Choice.objects.create(person=cast["office"], kind="", channel="mail", way="never")
    assert len(tell([cast["office"]], key="rare:1", subject="Rare")) == 1
    assert Delivery.objects.count() == 0


def test_a_way_which_the_portal_does_not_know_is_not_mailed(told):
    Delivery.objects.update(channel="pigeon")
    assert (send_due(), mail.outbox) == (0, [])
    assert (delivery().state, delivery().problem) == ("waiting", "The portal does not know this way out.")


def test_telling_many_costs_few_queries(cast, django_assert_max_num_queries):
    people = User.objects.bulk_create(
        User(username=f"person-{number}", email=f"{number}@example.org") for number in range(350)
    )
    with django_assert_max_num_queries(20):
        tell(people, key="b", subject="B")
    assert Delivery.objects.count() == 350


def test_somebody_chooses_on_the_page(signed_in, person):
    client = signed_in("office")
    form = client.get("/notices/settings/").context["form"]
    assert form.fields["mail-filing"].choices == [("at_once", "at once"), ("daily", "once a day"), ("never", "not")]
    chosen = {name: "at_once" for name in form.fields} | {"language": "en", "mail-filing": "daily", "mail-": "never"}
    response = client.post("/notices/settings/", chosen, follow=True)
    assert "From now on you are told as you have chosen." in text(response)
    assert person("office").reader.language == "en"
    assert set(Choice.objects.values_list("channel", flat=True)) == {"mail"}
    ways = dict(Choice.objects.values_list("kind", "way"))
    assert (ways["filing"], ways["task"], ways[""]) == ("daily", "at_once", "never")
    again = client.get("/notices/settings/").context["form"]
    assert (again.initial["language"], again.fields["mail-filing"].initial) == ("en", "daily")


def test_a_way_that_is_none_is_refused(signed_in):
    response = signed_in("office").post("/notices/settings/", {"language": "de", "mail-": "pigeon"})
    assert (response.status_code, Choice.objects.count(), Reader.objects.count()) == (200, 0, 0)


def test_somebody_to_whom_no_way_leads_chooses_the_language_alone(signed_in, person):
    User.objects.filter(username="branch").update(email="")
    response = signed_in("branch").get("/notices/settings/")
    assert list(response.context["form"].fields) == ["language"]
    assert "No way out of the portal leads to you yet" in text(response)


def test_somebody_without_an_address_is_told_in_the_portal_alone(cast):
    cast["branch"].email = ""
    notices = tell([cast["branch"]], key="k", subject="Filing returned")
    assert (len(notices), Delivery.objects.count(), send_due(), mail.outbox) == (1, 0, 0, [])


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_an_address_or_account_that_went_away_is_no_success(change, told):
    for field, value in change.items():
        setattr(told.recipient, field, value)
    told.recipient.save()
    assert (send_due(), mail.outbox) == (0, [])
    assert (delivery().state, delivery().problem) == (
        "waiting",
        "The account is closed, or this way no longer leads to it.",
    )


@pytest.mark.parametrize(
    ("kind", "problem"),
    [(RefusingServer, "[Errno 111] Connection refused by the server"), (SilentServer, "The mail server took nothing.")],
)
def test_a_mail_that_was_refused_is_tried_again_after_a_growing_pause(kind, problem, told, server):
    server(kind)
    pauses = []
    for __ in range(6):
        assert send_due() == 0
        pauses.append(round((delivery().due_at - timezone.now()).total_seconds() / 60))
        assert send_due() == 0
        wait_over()
    assert pauses[:5] == [4, 16, 64, 256, 1024]
    assert (delivery().state, delivery().attempts, delivery().problem) == ("failed", 6, problem)
    assert send_due() == 0


def test_a_mail_goes_out_once_the_server_is_back(told, server, settings):
    server(RefusingServer)
    send_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    wait_over()
    assert (send_due(), len(mail.outbox)) == (1, 1)
    assert (delivery().state, delivery().attempts, delivery().problem) == ("sent", 2, "")


def test_a_server_that_is_away_does_not_hold_up_the_round_for_ever(cast, server, monkeypatch):
    server(RefusingServer)
    for number in range(3):
        tell([cast["office"]], key=str(number), subject="Notice")
    monkeypatch.setattr("fsul_portal.notices.sending.outbox.SECONDS_A_ROUND", 0)
    send_due()
    assert RefusingServer.attempts == 0
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}


@pytest.mark.checklist("D1")
def test_an_interrupted_mail_is_not_repeated_and_says_so(told, server, settings):
    server(DyingSender)
    with pytest.raises(SystemExit):
        send_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert (delivery().state, send_due()) == ("sending", 0)
    Delivery.objects.update(begun_at=timezone.now() - timedelta(minutes=11))
    assert (send_due(), mail.outbox) == (0, [])
    assert delivery().state == "failed"
    assert delivery().problem == "Interrupted while sending; not repeated, so that nobody is told twice."
    assert Notice.objects.visible_to(told.recipient).unread().get() == told


@pytest.mark.checklist("C1")
def test_what_people_typed_begins_no_header_of_its_own(cast):
    subject = "Filing of\r\nBcc: everybody@example.org\n\x00\u2028 branch " + "长" * 300
    notice = tell([cast["office"]], key="k", subject=subject, body="a\x00b\n.\nc")[0]
    assert send_due() == 1
    letter = mail.outbox[0]
    assert letter.subject == notice.subject == ("Filing of Bcc: everybody@example.org branch " + "长" * 300)[:200]
    assert (letter.recipients(), letter.message()["Bcc"]) == (["office@example.org"], None)
    assert notice.body == "ab\n.\nc"


@pytest.mark.checklist("E4")
def test_the_log_of_a_refused_mail_names_no_address(told, server, caplog):
    server(RefusingServer)
    send_due()
    assert [record.getMessage() for record in caplog.records if record.name.startswith("fsul_portal")] == [
        f"Delivery {delivery().pk} by mail did not go out at attempt 1: ConnectionRefusedError."
    ]


def test_the_list_shows_what_is_unread_and_what_no_mail_brought(told, cast, signed_in):
    tell([cast["office"]], key="old", subject="Old news")
    Notice.objects.filter(key="old").update(read_at=timezone.now())
    Delivery.objects.filter(notice=told).update(state="failed")
    words = text(signed_in("office").get(LIST))
    assert (words.count("Month locked unread"), words.count("Old news unread"), words.count("Old news")) == (1, 0, 1)
    assert words.count("not delivered by mail") == 1
    assert "Notices, 1 unread" in words


@pytest.mark.checklist("B1")
def test_everybody_sees_and_opens_the_own_notices_alone(told, cast, signed_in):
    seen = {name for name in cast if "Month locked" in text(signed_in(name).get(LIST))}
    opened = {name: signed_in(name).post(reverse("notice-open", args=[told.pk])).status_code for name in cast}
    assert seen == {"office"}
    assert opened == {name: 302 if name == "office" else 404 for name in cast}


def test_opening_marks_as_read_and_leads_to_the_page(told, signed_in):
    response = signed_in("office").post(reverse("notice-open", args=[told.pk]))
    told.refresh_from_db()
    assert (response.url, told.is_read) == ("/committee/", True)


def test_a_link_alone_marks_nothing(told, signed_in):
    client = signed_in("office")
    assert client.get(reverse("notice-open", args=[told.pk])).status_code == 405
    assert client.get(reverse("notices-read")).status_code == 405
    assert Notice.objects.unread().count() == 1


def test_the_time_of_reading_is_that_of_the_first_time(told, signed_in):
    client = signed_in("office")
    client.post(reverse("notice-open", args=[told.pk]))
    first = Notice.objects.get().read_at
    client.post(reverse("notice-open", args=[told.pk]))
    assert Notice.objects.get().read_at == first


@pytest.mark.checklist("A7")
@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "evil.example/x",
        "/\t/evil.example",
        " //evil.example",
        "",
    ],
)
def test_a_notice_leads_nowhere_out_of_the_portal(link, cast, signed_in):
    notice = tell([cast["office"]], key="k", subject="Look", link=link)[0]
    assert signed_in("office").post(reverse("notice-open", args=[notice.pk])).url == LIST


def test_marking_all_leaves_those_of_others_alone(cast, signed_in):
    tell([cast["office"], cast["chair"]], key="a", subject="A")
    tell([cast["office"]], key="b", subject="B")
    response = signed_in("office").post(reverse("notices-read"), follow=True)
    assert "2 notices marked as read." in text(response)
    assert [notice.recipient.username for notice in Notice.objects.unread()] == ["chair"]


@pytest.mark.checklist("C2")
def test_a_notice_is_shown_as_text(cast, signed_in):
    hostile = "<script>alert(1)</script>"
    tell([cast["office"]], key="k", subject=hostile, body=hostile, link=f"/{hostile}")
    assert "<script>alert" not in signed_in("office").get(LIST).content.decode()


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "\x00", "1'"])
def test_a_strange_page_shows_some_page(page, told, signed_in):
    assert signed_in("office").get(LIST, {"page": page}).status_code == 200


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(told, cast, signed_in):
    client = signed_in("office")

    def count():
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    one = count()
    for number in range(40):
        tell([cast["office"]], key=str(number), subject="Notice")
    assert count() == one
