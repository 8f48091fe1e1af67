"""Hold that a fault is found on a page which is like one that axe has seen, but for the fault."""

import pytest

from tests.browser.conftest import OFFICE_SCREEN
from tests.browser.looking import Axe

PAGE = """<!doctype html>
<html lang="zh-hans"><head><title>馆</title><style>
body { color: #222; background: #fff }
.over { position: absolute; top: 0; left: 0; width: 20rem; height: 20rem; background: #fff }
.narrow { width: 5rem; overflow: auto }
.narrow p { width: 5rem }
</style></head><body><main><h1>成员馆</h1>
<p id="one">南海区图书馆</p><p id="two">禅城区图书馆</p>
<div class="narrow"><p>三水区图书馆</p></div>
<ul><li>甲</li><li>乙</li></ul>
<h2>检索</h2>
<form><label for="name">名称</label><input id="name"><a href="#one">南海</a><button>检索</button></form>
<table><caption>馆</caption><tr><th scope="col">馆名</th></tr><tr><td>南海</td></tr></table>
</main></body></html>"""
FAULTS = {
    "color-contrast": [
        "document.querySelector('#two').style.color = '#bbb'",
        "document.querySelector('main').style.background = '#333'",
        "document.body.style.color = '#aaa'",
        "document.querySelector('#two').style.opacity = .3",
        "document.querySelector('tr:has(td)').style.background = '#444'",
        "document.styleSheets[0].insertRule('#two { color: #bbb }')",
    ],
    "label": ["document.querySelector('label').htmlFor = 'nothing'", "document.querySelector('label').innerText = ''"],
    "link-name": ["document.querySelector('a').innerText = ''"],
    "button-name": ["document.querySelector('button').innerText = ' '"],
    "heading-order": ["document.querySelector('h2').outerHTML = '<h4>检索</h4>'"],
    "page-has-heading-one": ["document.querySelector('h1').outerHTML = '<p>成员馆</p>'"],
    "image-alt": ["document.querySelector('#one').insertAdjacentHTML('beforeend', '<img src=\"/a.png\">')"],
    "list": ["document.querySelector('ul').insertAdjacentHTML('beforeend', '<p>丙</p>')"],
    "region": ["document.body.append(document.querySelector('#two'))"],
    "aria-valid-attr-value": ["document.querySelector('button').setAttribute('aria-expanded', 'maybe')"],
    "aria-allowed-role": ["document.querySelector('h1').setAttribute('role', 'checkbox')"],
    "html-has-lang": ["document.documentElement.removeAttribute('lang')"],
    "document-title": ["document.title = ''"],
    "empty-table-header": ["document.querySelector('th').innerText = ''"],
    "landmark-one-main": ["document.querySelector('main').outerHTML = document.querySelector('main').innerHTML"],
    "landmark-unique": ["document.body.insertAdjacentHTML('beforeend', '<nav><a>甲</a></nav>'.repeat(2))"],
    "scrollable-region-focusable": ["document.querySelector('.narrow p').style.width = '40rem'"],
}

DOUBTS = {
    # It lies over words that it does not hold.
    "color-contrast": "document.body.insertAdjacentHTML('beforeend', '<div class=over></div>')",
    "duplicate-id-aria": "document.querySelector('h2').id = 'two'; "
    "document.querySelector('button').setAttribute('aria-describedby', 'two')",
}


@pytest.fixture(scope="module")
def window(browser):
    page = browser.new_page(viewport=OFFICE_SCREEN)
    yield page
    page.close()


def found_after(window, change, kind):
    """Look at the page, change it, and return the rules that complain now."""
    axe = Axe()
    window.set_content(PAGE)
    assert [rule for found, rule, __ in axe.look(window) if found == kind] == []
    window.evaluate(change)
    return {rule for found, rule, __ in axe.look(window) if found == kind}


@pytest.mark.parametrize(("rule", "fault"), [(rule, fault) for rule, faults in FAULTS.items() for fault in faults])
def test_a_fault_is_found_on_a_page_of_a_kind_that_was_seen(window, rule, fault):
    assert rule in found_after(window, fault, "violations")


@pytest.mark.parametrize(("rule", "doubt"), DOUBTS.items())
def test_a_doubt_is_told_on_a_page_of_a_kind_that_was_seen(window, rule, doubt):
    assert rule in found_after(window, doubt, "incomplete")


def test_what_is_said_elsewhere_in_other_words_is_not_looked_at_again(window):
    axe = Axe()
    window.set_content(PAGE)
    axe.look(window)
    seen = len(axe.shapes), len(axe.words)
    window.set_content(PAGE.replace("南海", "顺德").replace("<li>乙</li>", "<li>乙</li><li>丙</li>"))
    assert (axe.look(window), (len(axe.shapes), len(axe.words))) == ([], seen)
