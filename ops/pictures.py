"""Take the pictures of the manual from a demo, in every language, so that they show what the pages are today.

Beside the pictures stands which words of the catalogue each of them shows: a test tells when one of these is no longer
said, and `make pictures` takes all of them again.
"""

import io
import json
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import django
from babel.messages.pofile import read_po
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from ops.demo import running_demo
from ops.places import ROOT, say, stop

FOLDER = ROOT / "docs" / "manual" / "pictures"
WORDS = FOLDER / "words.json"
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PASSWORD = "fsul-pictures-2026"
# Folder, what the cookie of the portal says, what the browser says.
LANGUAGES = (("zh", "zh-hans", "zh-CN"), ("en", "en", "en-GB"))
SIZE = ViewportSize(width=1366, height=768)
# Seconds for all reports of the demo.
PATIENCE = 300
# A page of flat colours: more of them would double the file and show nothing more.
COLOURS = 96
# What stands on a page whatever the day and the demo: heads, menus, buttons, labels.
FIXED = "h1, h2, th, label, button, legend, .navigation span, .button"


@dataclass(frozen=True)
class Picture:
    """A page as somebody sees it. follow: the links, one after the other, that lead from there to what is shown."""

    name: str
    person: str
    path: str
    follow: tuple[str, ...] = ()


PICTURES = (
    Picture("first-steps", "", "/accounts/login/"),
    Picture("dashboard", "office", "/"),
    Picture("registry", "office", "/members/"),
    Picture("filings", "coordination-lead", "/workgroups/coordination/filings/", ("main tbody th a",)),
    Picture("returns", "nanhai", "/reports/returns/", ("main tbody a", "main header .actions a")),
    Picture("reports", "chair", "/reports/", ("main tbody th a",)),
    Picture("meetings", "office", "/committee/", ("main tbody th a",)),
    Picture("tasks", "office", "/tasks/"),
    Picture("roles", "office", "/roles/"),
    Picture("seats", "office", "/committee/seats/"),
    Picture("office", "office", "/waits/"),
    Picture("account", "nanhai", "/account/"),
    Picture("administrators", "admin", "/admin/"),
    Picture("conformity", "office", "/reports/conformity/"),
)


def said() -> dict[str, set[str]]:
    """Return all words the portal says now, by the folder of the language."""
    with CATALOGUE.open("rb") as file:
        entries = [entry for entry in read_po(file, locale="zh_Hans") if entry.id]
    single = [entry for entry in entries if isinstance(entry.id, str)]
    return {"zh": {str(entry.string) for entry in single}, "en": {str(entry.id) for entry in single}}


def sign_in(page: Page, person: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=username]", person)
    page.fill("[name=password]", PASSWORD)
    page.click("form:has([name=password]) button[type=submit]")
    page.wait_for_load_state("networkidle")


def taken(browser: Browser, home: str, picture: Picture, cookie: str, locale: str) -> tuple[bytes, list[str]]:
    """Return the picture as PNG, and the fixed words which it shows."""
    context = browser.new_context(base_url=home, locale=locale, timezone_id="Asia/Shanghai", viewport=SIZE)
    page = context.new_page()
    if picture.person:
        sign_in(page, picture.person)
    # After the sign-in, which speaks the language of the account.
    context.add_cookies([{"name": "django_language", "value": cookie, "url": home}])
    page.goto(picture.path)
    for link in picture.follow:
        page.goto(str(page.get_attribute(link, "href")))
    page.wait_for_load_state("networkidle")
    image = page.screenshot()
    words = page.eval_on_selector_all(FIXED, "ones => ones.map(one => one.textContent.trim())")
    context.close()
    return image, words


def wait_for_reports() -> None:
    """Wait until what the demo has asked for is written: a picture of work that goes on would soon be old."""
    from fsul_portal.runs.models import Run  # The settings have to be read first.

    until = time.monotonic() + PATIENCE
    waiting = Run.objects.filter(state__in=(Run.State.QUEUED, Run.State.RUNNING))
    while waiting.filter(not_before__lte=timezone.now()).exists() and time.monotonic() < until:
        time.sleep(1)


def smaller(image: bytes) -> bytes:
    """Return a picture with few colours."""
    kept = io.BytesIO()
    picture = Image.open(io.BytesIO(image)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def take_all(home: str, chromium: str) -> Iterator[tuple[str, str, list[str]]]:
    """Take every picture in every language; yield folder, name and the words of the catalogue that it shows."""
    known = said()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for folder, cookie, locale in LANGUAGES:
            (FOLDER / folder).mkdir(parents=True, exist_ok=True)
            for picture in PICTURES:
                image, words = taken(browser, home, picture, cookie, locale)
                (FOLDER / folder / f"{picture.name}.png").write_bytes(smaller(image))
                yield folder, picture.name, sorted(set(words) & known[folder])
        browser.close()


def main() -> int:
    chromium = shutil.which("chromium")
    if chromium is None:
        stop("`make pictures` needs chromium, which is not on this machine.")
    django.setup()
    shown: dict[str, dict[str, list[str]]] = {}
    with running_demo(PASSWORD, libraries=60, months=14) as home:
        wait_for_reports()
        for folder, name, words in take_all(home, str(chromium)):
            say(f"{folder}/{name}.png")
            shown.setdefault(folder, {})[name] = words
    WORDS.write_text(json.dumps(shown, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
