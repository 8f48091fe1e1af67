"""Hold how the buttons of a form are read."""

from tests.buttons import lengths_of_choices, loud_first

SAVE, HAND_IN = '<button type="submit" class="button">', '<button class="button primary" name="do" value="submit">'


def test_a_loud_button_comes_after_a_quiet_one():
    assert list(loud_first(f"<form>{SAVE}</button>{HAND_IN}</button></form>")) == []
    assert list(loud_first(f"<form>{HAND_IN}</button>{SAVE}</button></form>")) == ["do submit"]


def test_a_form_with_one_button_may_shout():
    assert list(loud_first(f"<form>{HAND_IN}</button><button type=button>x</button></form>{SAVE}</button>")) == []


def test_a_button_outside_of_its_form_counts_where_it_stands():
    page = '<form id="f"><input type="submit"></form><button form="f" class="primary">'
    assert list(loud_first(f'<button form="f" class="danger" name="x">{page}')) == ["x"]
    assert list(loud_first(page)) == []


def test_a_choice_has_no_length():
    assert lengths_of_choices('<select name="a" maxlength="7"></select><input name="b" maxlength="7"><select>') == ["a"]
