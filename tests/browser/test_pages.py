"""Open every page of the portal as three people do, on the office's screen and on a phone, and find no fault."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from fsul_portal.urls import urlpatterns
from members.periods.models import month_before
from tests.browser.conftest import OFFICE_SCREEN, PHONE
from tests.browser.looking import CONTRAST, Axe
from tests.browser.scenes import DUE, LOCKED, set_scenes

# What a link leads to but is no page: files, and the doors to the administration and out.
NO_PAGE = re.compile(
    r"^/(admin/.*|api/.*|components/|static/.*|members/export/.*|members/import/.*/problems/"
    r"|reports/returns/(export|template)/.*|reports/explorer/\w+/|reports/population/export/.*"
    r"|.*/report\.(pdf|xlsx|json)|.*/(roster|opinions|monitoring)\.xlsx|.*\.vcf|.*/export\.(csv|xlsx)"
    r"|/?committee/(meetings|bodies)/.*\.pdf)$"
)
# Pages that only another person sees, that answer a POST, or that answer machines and scripts.
NOT_SEEN_HERE = {
    "account-end-others": "answers a POST",
    "session-end": "answers a POST",
    "tour": "answers a POST",
    "check-code": "the same",
    "reports:report-check-code": "the same",
    "reports:token-arrange": "answers a POST",
    "reports:token-export": "a file",
    "api:divisions": "for machines",
    "api:definitions": "for machines",
    "api:districts": "for machines",
    "api:edition": "for machines",
    "api:editions": "for machines",
    "api:figures": "for machines",
    "api:libraries": "for machines",
    "api:nowhere": "for machines",
    "api:api-root": "for machines",
    "api:openapi-json": "for machines",
    "api:openapi-view": "opened in test_description",
    "deputy-end": "answers a POST",
    "committee:seat-arrange": "answers a POST",
    "committee:seat-export": "a file",
    "committee:term-arrange": "answers a POST",
    "committee:term-export": "a file",
    "workgroups:group-arrange": "answers a POST",
    "workgroups:group-export": "a file",
    "workgroups:membership-arrange": "answers a POST",
    "workgroups:membership-export": "a file",
    "members:roster-arrange": "answers a POST",
    "members:roster-export": "a file",
    "members:rostercheck-arrange": "answers a POST",
    "members:rostercheck-export": "a file",
    "members:roster-numbers": "answers a POST",
    "members:roster-xlsx": "a file",
    "members:roster-vcard": "a file",
    "members:roster-line-vcard": "a file",
    "workgroups:channel-arrange": "answers a POST",
    "workgroups:channel-export": "a file",
    "workgroups:question-arrange": "answers a POST",
    "workgroups:question-export": "a file",
    "committee:meeting-calendar": "leads to the page of the committee",
    "committee:item-keep": "answers a POST",
    "committee:meeting-minutes-keep": "answers a POST",
    "committee:body-arrange": "answers a POST",
    "committee:body-export": "a file",
    "committee:item-arrange": "answers a POST",
    "committee:item-export": "a file",
    "committee:proposal-arrange": "answers a POST",
    "committee:proposal-export": "a file",
    "committee:decision-arrange": "answers a POST",
    "committee:decision-export": "a file",
    "committee:follow-up-arrange": "answers a POST",
    "committee:follow-up-export": "a file",
    "committee:addendum-arrange": "answers a POST",
    "committee:addendum-export": "a file",
    "committee:decision-vote": "whoever sits on the committee votes; the story of a year of the committee does",
    "committee:meeting-minutes-confirm": "the same, of the answer to minutes",
    "committee:addendum-sign": "the chair signs",
    "committee:item-take-off": "of an item that nobody has written of; drawn like the other acts of an item",
    "committee:proposal-withdraw": "whoever proposed withdraws",
    "committee:meeting-sitting": "a file",
    "committee:meeting-sign-in": "a file",
    "committee:meeting-follow-up": "a file",
    "committee:problem-arrange": "answers a POST",
    "committee:problem-export": "a file",
    "committee:institution-enter-decision": "the chair's",
    "committee:institution-give-back": "the chair's",
    "committee:institution-refuse": "the chair's",
    "committee:systemplan-enter-decision": "the chair's",
    "committee:systemplan-give-back": "the chair's",
    "committee:systemplan-refuse": "the chair's",
    "committee:project-accept": "the chair's",
    "committee:project-decide": "the chair's",
    "committee:project-end": "the chair's",
    "committee:project-arrange": "answers a POST",
    "committee:project-export": "a file",
    "committee:bulletin-arrange": "answers a POST",
    "committee:bulletin-export": "a file",
    "committee:systemplan-agree": "where a way waits for an opinion, not for a decision",
    "committee:systemplan-arrange": "answers a POST",
    "committee:systemplan-export": "a file",
    "committee:systemplan-monitoring-xlsx": "a file",
    "committee:systemplan-opinions": "a file",
    "committee:institution-agree": "where a way waits for an opinion, not for a decision",
    "committee:institution-arrange": "answers a POST",
    "committee:institution-export": "a file",
    "committee:institution-opinions": "a file",
    "committee:seat-take": "once a seat of the term in office is approved; the story of a term takes one",
    "reports:conformity-bodies": "a panel, looked at with the page of conformity",
    "document": "once a paper is drafted",
    "document-docx": "a file",
    "document-draft": "answers a POST",
    "document-issue": "answers a POST",
    "document-pdf": "a file",
    "document-stamp": "once a paper is issued",
    "document-withdraw": "once a paper is drafted",
    "file-attach": "answers a POST",
    "file-download": "a file",
    "file-withdraw": "once a file is kept",
    "hand-over": "for the administrator",
    "link-remove": "answers a POST",
    "remark-answer": "answers a POST",
    "remark-close": "answers a POST",
    "remark-make": "answers a POST",
    "reports:edition-arrange": "answers a POST",
    "committee:meeting-arrange": "answers a POST",
    "committee:meeting-export": "a file",
    "reports:edition-export": "a file",
    "reports:explorer-file": "a file",
    "reports:view-new": "answers a POST",
    "reports:view-withhold": "once a view is shared; drawn like the other acts of a view",
    "reports:correction-arrange": "answers a POST",
    "reports:correction-export": "a file",
    "task-check": "answers a POST",
    "task-done": "answers a POST",
    "task-send-back": "answers a POST",
    "task-withdraw": "answers a POST",
    "workgroups:coordination:filing-arrange": "answers a POST",
    "workgroups:coordination:filing-enter-decision": "where a way waits for a decision",
    "workgroups:coordination:filing-export": "a file",
    "working-days-set": "answers a POST",
    "healthz": "for machines",
    "login": "opened in test_face",
    "logout": "answers a POST",
    "password_change_done": "comes after a POST",
    "set_language": "answers a POST",
    "notices-read": "answers a POST",
    "notice-open": "answers a POST",
    "run-again": "answers a POST",
    "workgroups:coordination:library-suggestions": "a fragment",
    "returns:check-edit": "once a check is kept; drawn by the page of a new one",
    "returns:due-day-set": "answers a POST",
    "returns:return-accept-many": "answers a POST",
    "returns:return-accept": "the reviewer's",
    "returns:return-keep": "answers a POST",
    "returns:sheet-hand-in": "answers a POST",
    "returns:sheet-keep": "answers a POST",
    "returns:return-give-back": "the reviewer's",
    "returns:return-import-preview": "comes after an upload; opened in test_story_of_a_year",
    "returns:return-import-problems": "a file",
    "returns:return-export": "a file",
    "returns:export-import-preview": "comes after an upload; drawn as those of the other kinds",
    "returns:export-import-problems": "a file",
    "returns:source-edit": "once an export is known; drawn by the page of a new one",
    "returns:return-template": "a file",
    "reports:edition-build": "answers a POST",
    "reports:edition-download": "a file",
    "reports:edition-english": "answers a POST",
    "indicators:formula-restore": "answers a POST",
    "reports:edition-excerpt": "answers a POST",
    "reports:excerpt-download": "a file",
    "reports:edition-chart": "a picture on the page of the report",
    "reports:edition-write": "answers a POST",
    "reports:openness-open": "while the data asks for a token; drawn as the page that closes it",
    "reports:edition-enter-decision": "where a way waits for a decision",
    "indicators:population-export": "a file",
    "indicators:population-import-preview": "comes after an upload; drawn as those of the other kinds",
    "indicators:population-import-problems": "a file",
    "members:library-export": "a file",
    "members:import-preview": "comes after an upload; opened in test_story",
    "members:import-problems": "a file",
    "workgroups:coordination:filing-carry-out": "comes when the registry refused a filing on its day",
    "committee:meeting-minutes-sign": "the chair's",
    "calendar-feed": "fetched by calendar programs; held by test_calendar",
    "calendar-feed-open": "is only posted to",
    "calendar-feed-close": "is only posted to",
    "reports:plan-set": "answers a POST",
    "robot-new": "for the administrator",
    "robot-edit": "for the administrator",
    "robot-try": "answers a POST",
    "committee:meeting-feed": "fetched by calendar programs; held by test_calendar_client",
    "committee:meeting-reply-signed": "opened by the link of a mail; held by test_replies",
}
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# What is wrong with the tables of a page on a phone: each fits as cards, with a label before each value, or is a matrix
# that shows at its edge that there is more.
TABLE_FAULTS = """
[...document.querySelectorAll(".page table")].flatMap((table) => {
  const region = table.closest(".table-region");
  const name = table.caption && table.caption.textContent;
  if (!region) return [`table outside of the component: ${name}`];
  if (table.matches(".matrix")) {
    const { overflowX, boxShadow } = getComputedStyle(region);
    const fits = region.scrollWidth - region.clientWidth <= 1;
    return fits || (overflowX === "auto" && boxShadow.includes("inset")) ? [] : [`matrix without an edge: ${name}`];
  }
  const labelOf = (cell) => getComputedStyle(cell, "::before").content.replace(/^(none|"")$/, "");
  const isTold = (cell) => cell.dataset.part || cell.colSpan > 1 || cell.matches(":only-child") || labelOf(cell);
  const cells = [...table.querySelectorAll("tbody td, tbody th")];
  const untold = cells.filter((cell) => !isTold(cell)).map((cell) => `no label: ${name}: ${cell.innerText}`);
  const sticksOut = region.scrollWidth > region.clientWidth ? [`wider than its place: ${name}`] : [];
  const unheard = table.getAttribute("role") === "table" ? [] : [`no table to the ear: ${name}`];
  return [...sticksOut, ...untold, ...unheard];
})
"""
# The theme of the administration lays its pages out without a main landmark and calls two scrolled regions the same;
# its templates and scripts are not ours.
OF_THE_THEME = ("landmark-one-main", "landmark-unique", "region")


@pytest.fixture
def things(cast):
    return set_scenes(cast)


def known_addresses(things):
    """Return the addresses of all things of the scenes, and of pages that no link of a list leads to."""
    addresses = [thing.get_absolute_url() for kind in things.values() for thing in kind]
    return [
        *addresses,
        f"/reports/months/{DUE}/",
        f"/reports/months/{LOCKED}/",
        f"/reports/months/{month_before(LOCKED)}/lock/",
        f"/reports/corrections/reopen/?library=NH002&period={LOCKED}",
        "/reports/editions/several/submit/",
        "/workgroups/coordination/filings/new/?kind=move&library=NH002",
        "/accounts/password/",
        "/account/",
        "/help/",
        "/week/",
        "/figures/",
        "/news/",
        "/search/?q=NH001",
    ]


def pattern_of(address):
    """Return what is the same for all pages of a kind, such as those of two libraries; tabs are pages of their own."""
    path, query = urlsplit(address).path, urlsplit(address).query
    tab = re.search(r"tab=\w+", query)
    path = re.sub(r"/libraries/\w+/", "/libraries/*/", re.sub(r"\d{4}-\d\d", "*", re.sub(r"/\d+/", "/*/", path)))
    return re.sub(r"/returns/\w+/\*/edit/", "/returns/*/*/edit/", path) + (tab.group() if tab else "")


def links_of(page):
    """Return the addresses of the portal's own pages to which this one leads."""
    found = page.eval_on_selector_all(
        "#navigation a, main a", "links => links.map(one => one.getAttribute('href')).filter(Boolean)"
    )
    here = urlsplit(page.url).path
    addresses = [here + one if one.startswith("?") else one for one in found if one[0] in "/?"]
    return [one for one in addresses if not NO_PAGE.match(urlsplit(one).path)]


def found_by_axe(axe, page):
    """Return what axe finds, and on our own pages what it cannot tell and we could have avoided.

    Of words in a drawing and of single signs it never tells the contrast.
    """
    return [
        f"{rule}: {node['html'][:160]}"
        for kind, rule, node in axe.look(page)
        if kind == "violations" or (not axe.without and (rule != CONTRAST or lies_on_an_image(node)))
    ]


def lies_on_an_image(node):
    return any((check.get("data") or {}).get("messageKey") in ("bgGradient", "bgImage") for check in node["any"])


def look(page, axe, on_phone=True):
    """Return what axe finds on the page and by how much it is too wide, on the screen and on a phone."""
    faults = []
    for viewport in (PHONE, OFFICE_SCREEN):
        page.set_viewport_size(viewport)
        # The page hears of its new size with the next frame it draws, and marks the edges of its tables then.
        page.evaluate(TWO_FRAMES)
        if on_phone or viewport is OFFICE_SCREEN:
            faults += found_by_axe(axe, page)
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if too_wide:
            faults.append(f"{too_wide} pixels wider than {viewport['width']}")
        if viewport is PHONE:
            faults += page.evaluate(TABLE_FAULTS)
    return faults


def walk_through(page, addresses, axe, known=frozenset()):
    """Open the addresses and all pages to which they lead, one of each kind; return {address: faults}.

    known: pages that somebody else has opened already; axe looks at them on the office's screen only.
    """
    waiting, seen, faults = ["/", *addresses], {*addresses}, {}
    patterns = {pattern_of(one) for one in addresses}
    while waiting:
        address = waiting.pop(0)
        answer = page.goto(address)
        # What follows after the page belongs to it, and is looked at with it.
        page.wait_for_selector(".htmx-request, .htmx-swapping, .htmx-settling", state="detached")
        if answer.status == 404 and address in addresses:
            continue  # not this person's
        answered = [] if answer.status in (200, 403, 409) else [f"answered {answer.status}"]
        faults[address] = answered + look(page, axe, on_phone=address not in known)
        for link in links_of(page):
            if link not in seen and pattern_of(link) not in patterns:
                seen.add(link)
                patterns.add(pattern_of(link))
                waiting.append(link)
    return faults


def names_of(addresses):
    names = set()
    for address in addresses:
        try:
            names.add(resolve(urlsplit(address).path).view_name)
        except Resolver404:
            names.add(f"nothing at {address}")
    return names


def named_pages(patterns=urlpatterns, space=""):
    """Yield the names of all addresses outside the administration."""
    for one in patterns:
        if hasattr(one, "url_patterns"):
            if one.app_name != "admin":
                yield from named_pages(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name and not one.name.startswith("gallery"):
            yield f"{space}{one.name}"


def test_every_page_is_in_order_for_the_office_an_editor_and_a_lead(seat, things):
    faults, opened, axe = {}, {}, Axe()
    for username in ("office", "nanhai", "coordination-lead"):
        page = seat(username)
        found = walk_through(page, known_addresses(things), axe, known=opened)
        faults |= {f"{username} {address}": what for address, what in found.items() if what}
        opened |= found
    assert faults == {}
    assert set(named_pages()) - names_of(opened) == set(NOT_SEEN_HERE)


def test_the_lead_decides_in_an_administration_without_faults(seat, things):
    page, axe = seat("coordination-lead"), Axe(without=OF_THE_THEME)
    page.goto("/admin/workgroups/filing/")
    faults = look(page, axe)
    page.click("#result_list tbody a")
    assert faults + look(page, axe) == []
