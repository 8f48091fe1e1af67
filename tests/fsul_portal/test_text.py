"""Text is cleaned once, at the edge."""

import io

import pytest
from django.core.exceptions import BadRequest, TooManyFieldsSent
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import re_path

from fsul_portal.grammar.text import CleanInputMiddleware, clean, has_control

UNWANTED = ["\0", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\ud800", "\udfff", "\ufffe", "\uffff", "\u202e", "\u2066"]


def repeat(request, *_anything):
    """Say back what came in, piece by piece."""
    return StreamingHttpResponse([request.GET.get("q", ""), "|", request.POST.get("name", "")])


urlpatterns = [re_path("", repeat)]


@pytest.fixture
def site(client, settings):
    """Give a client of a site that has the middleware before the usual guard of forms."""
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["fsul_portal.grammar.text.CleanInputMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]
    return client


@pytest.fixture
def seen():
    """Pass a request through the middleware and give what the view gets."""
    requests = []

    def view(request):
        requests.append(request)
        return HttpResponse()

    def send(request):
        CleanInputMiddleware(view)(request)
        return requests.pop()

    return send


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("character", UNWANTED, ids=ascii)
def test_what_no_honest_text_holds_is_stripped(character):
    assert has_control(f"佛{character}山") is True
    assert clean(f"佛{character}山") == "佛山"


def test_honest_text_stays_as_it_is():
    text = "佛山市图书馆\t祖庙路\r\n“一期” — 𠮷 👨‍👩‍👧 ２０２６"
    assert has_control(text) is False
    assert clean(text) == text


def test_one_character_has_one_spelling():
    assert clean("cafe\u0301") == "café"


def test_clean_text_is_not_changed_again():
    text = "".join(map(chr, range(0x3000))) + "e\u0301\x00\u0301"
    assert clean(clean(text)) == clean(text)


@pytest.mark.checklist("C1")
def test_the_query_reaches_the_view_clean(seen):
    request = seen(RequestFactory().get("/", QUERY_STRING="q=a%00b&q=%E2%80%AEc&n%00=1&n=2&empty="))
    assert dict(request.GET.lists()) == {"q": ["ab", "c"], "n": ["1", "2"], "empty": [""]}


@pytest.mark.checklist("C1")
def test_the_form_reaches_the_view_clean_and_the_file_as_it_was_sent(seen):
    upload = io.BytesIO(b"a\0b")
    upload.name = "a.csv"
    request = seen(RequestFactory().post("/", {"name": ["a\0b", "c"], "file": upload}))
    assert request.POST.getlist("name") == ["ab", "c"]
    assert request.FILES["file"].read() == b"a\0b"


def test_a_form_without_anything_unwanted_is_left_alone(seen):
    request = RequestFactory().post("/", {"name": "佛山"})
    form = request.POST
    assert seen(request).POST is form


def test_a_cleaned_form_cannot_be_changed_by_accident(seen):
    request = seen(RequestFactory().post("/", {"name": "a\0b"}))
    with pytest.raises(AttributeError, match="immutable"):
        request.POST["name"] = "other"


@pytest.mark.parametrize("method", ["post", "put", "patch"])
def test_the_body_of_anything_but_a_form_is_left_unread(seen, method):
    request = getattr(RequestFactory(), method)("/", b'{"a": 1}', content_type="application/json")
    assert seen(request)._read_started is False
    assert request.read() == b'{"a": 1}'


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("path", ["/a%00b/", "/a%0Ab/", "/%1b/", "/%C2%85/", "/%E2%80%AE/"])
def test_an_address_with_a_control_character_is_refused(seen, path):
    request = RequestFactory().get("/")
    request.path = QueryDict("path=" + path)["path"]
    with pytest.raises(BadRequest):
        seen(request)


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("address", ["/form/%00", "/%00", "/static/%00.css", "/members/%0a/"])
def test_the_site_answers_400_to_such_an_address(site, address):
    assert site.get(address).status_code == 400


@pytest.mark.checklist("C1")
def test_the_site_answers_400_to_a_charset_that_is_none(site):
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
    kind = "multipart/form-data; boundary=x; charset=base64"
    assert site.generic("POST", "/form/", body, kind).status_code == 400


@pytest.mark.checklist("C1")
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--y\r\nContent-Disposition: form-data; name=a", "multipart/form-data; boundary=x"),
        (b"a=1", "multipart/form-data"),
        (b"a=1", "multipart/form-data; boundary=" + "é" * 3),
        (b"a=%ff%fe&%=%zz&=&&", "application/x-www-form-urlencoded"),
        (b"a=1", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"&".join(b"a=1" for _turn in range(1200)), "application/x-www-form-urlencoded"),
        (b"a=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
    ],
    ids=["cut off", "no boundary", "odd boundary", "odd bytes", "odd charset", "too many fields", "too large"],
)
def test_a_mangled_form_is_never_an_error_of_ours(site, body, kind):
    assert site.generic("POST", "/form/", body, kind).status_code < 500


def test_a_form_with_too_many_fields_is_refused_before_the_view(seen, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    with pytest.raises(TooManyFieldsSent):
        seen(RequestFactory().post("/", "a=1&b=2&c=3", content_type="application/x-www-form-urlencoded"))


def test_a_sender_who_hangs_up_is_answered_400(seen):
    class Gone(io.BytesIO):
        def read(self, *_size):
            raise OSError("connection reset")

    request = RequestFactory().post("/", "a=1", content_type="application/x-www-form-urlencoded")
    request._stream.close()
    request._stream = Gone()
    with pytest.raises(BadRequest):
        seen(request)


def test_a_form_still_needs_its_token_and_an_answer_still_streams(site):
    site.handler.enforce_csrf_checks = True
    assert site.post("/form/", {"name": "a"}).status_code == 403
    site.cookies["csrftoken"] = "t" * 32
    answer = site.post("/form/?q=%001", {"name": "a\0b", "csrfmiddlewaretoken": "t" * 32})
    assert (answer.streaming, answer.getvalue()) == (True, b"1|ab")
