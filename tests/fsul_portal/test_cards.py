"""Hold that a row of a table can stand as a card, with the words of its columns before its values."""

import re

import pytest
from django.conf import settings
from django.template import Context, Template

from fsul_portal.pages.cards import with_labels

HEADS = ("Code", "Name &amp; town", "State", '<span class="unseen">End</span>')
HEAD = "<thead><tr>{}</tr></thead>".format("".join(f'<th scope="col">{head}</th>' for head in HEADS))
BADGE = '<span class="badge success">open</span>'
TEMPLATES = settings.BASE_DIR / "templates"
# Sheets of paper, the administration's own frame, and the component itself.
NO_PAGES = ("reports/documents/", "letters/print/", "admin/", "components/_table.html")


def marks_of(row, head=HEAD):
    """Return [(part or label, what stands in the cell)] of the row."""
    body = with_labels(f"{head}<tbody><tr>{row}</tr></tbody>").partition("<tbody>")[2]
    return re.findall(r'<t[dh][^>]*?(?: data-(?:part|label)="([^"]*)")?>(.*?)</t[dh]>', body)


def test_each_value_has_the_words_of_its_column():
    row = f'<td>NH002</td><th scope="row">Guicheng</th><td>{BADGE} since May</td><td><a href="/">End</a></td>'
    assert marks_of(row) == [
        ("Code", "NH002"),
        ("name", "Guicheng"),
        ("State", f"{BADGE} since May"),
        ("act", '<a href="/">End</a>'),
    ]


def test_the_state_stands_beside_the_name_where_it_is_nothing_but_a_badge():
    row = f'<th scope="row">NH002</th><td>Guicheng</td><td> {BADGE} </td><td></td>'
    assert marks_of(row) == [
        ("name", "NH002"),
        ("Name &amp; town", "Guicheng"),
        ("state", f" {BADGE} "),
        ("blank", ""),
    ]


def test_the_first_value_names_a_row_that_names_nothing_itself():
    assert marks_of("<td> </td><td>Guicheng</td>") == [("blank", " "), ("name", "Guicheng")]


def test_a_cell_over_several_columns_needs_no_label():
    assert marks_of('<td colspan="4">No year is known yet.</td>') == [("", "No year is known yet.")]
    assert marks_of('<th scope="row">NH002</th><td colspan="2">closed</td><td>End</td>') == [
        ("name", "NH002"),
        ("", "closed"),
        ("act", "End"),
    ]


def test_a_template_may_say_which_part_a_cell_plays():
    row = '<td>1</td><td data-part="answer"></td><td>open</td><td data-part="blank">End</td>'
    drawn = with_labels(f"{HEAD}<tbody><tr>{row}</tr></tbody>").partition("<tbody>")[2]
    assert re.findall(r"<td(.*?)>", drawn) == [
        ' data-label="Code"',
        ' data-part="answer" data-label="Name &amp; town"',
        ' data-label="State"',
        ' data-part="blank"',
    ]


def test_what_people_typed_stays_what_it_was():
    row = '<td>a &lt;td&gt; b</td><th scope="row" title="x > y">c</th><td>d</td><td>e</td>'
    drawn = with_labels(f"{HEAD}<tbody><tr>{row}</tr></tbody>")
    assert re.sub(r' data-(part|label)="[^"]*"', "", drawn) == f"{HEAD}<tbody><tr>{row}</tr></tbody>"


def test_a_matrix_is_left_as_it_is():
    source = (
        '{% load face %}{% table "Visits" matrix=True %}<thead></thead><tbody><tr><td>1</td></tr></tbody>{% endtable %}'
    )
    assert re.findall(r'class="table (\w+)"|data-\w+', Template(source).render(Context())) == ["matrix"]


@pytest.mark.parametrize("rows", ["", "<tbody></tbody>", "<tbody><tr></tr></tbody>"])
def test_a_table_without_rows_is_no_fault(rows):
    assert with_labels(rows) == rows


def test_no_page_draws_a_table_past_the_component():
    pages = {str(path.relative_to(TEMPLATES)): path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")}
    assert [name for name, page in pages.items() if "<table" in page and not name.startswith(NO_PAGES)] == []
