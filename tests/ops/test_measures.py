"""The measures count what they say."""

import pytest

from ops import counts

CODE = '''\
"""A module."""

from somewhere.room import given  # noqa: F401
from elsewhere import actions


class Thing:
    # A reason.
    def act(self) -> None:
        return actions.accept(self)


def act():
    def inner():
        pass  # another reason

    return inner
'''


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with one package that calls two others: `elsewhere.actions`, and what `somewhere.room` passes on."""
    files = {
        "here/deeds.py": CODE,
        "elsewhere/actions.py": "def accept(one):\n    pass\n\n\ndef refuse(one):\n    pass\n",
        "somewhere/room/__init__.py": "from somewhere.room.gifts import given\n",
        "somewhere/room/gifts.py": "def given() -> int:\n    return 1\n",
        "somewhere/room/migrations/0001_initial.py": "def long():\n    pass\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(counts, "ROOT", tmp_path)
    monkeypatch.setattr(counts, "FLOORS", ("here", "elsewhere", "somewhere"))
    return tmp_path


def test_every_function_is_counted_with_its_lines_and_whether_it_has_its_types(project):
    found = [(one.module, one.owner, one.name, one.lines, one.is_typed) for one in counts.functions()]
    assert sorted(found) == [
        ("elsewhere.actions", "", "accept", 2, False),
        ("elsewhere.actions", "", "refuse", 2, False),
        ("here.deeds", "", "act", 5, False),
        ("here.deeds", "", "inner", 2, False),
        ("here.deeds", "Thing", "act", 2, True),
        ("somewhere.room.gifts", "", "given", 2, True),
    ]


def test_what_other_packages_call_is_found_behind_what_a_package_passes_on(project):
    assert sorted((one.name, one.is_typed) for one in counts.called_from_elsewhere()) == [
        ("accept", False),
        ("given", True),
    ]


@pytest.mark.parametrize(
    ("head", "is_typed"),
    [
        ("def given(one: int, *more: int, by: int, **rest: int) -> int:", True),
        ("async def given(one: int) -> int:", True),
        ("def given(one) -> int:", False),
        ("def given(*more) -> int:", False),
        ("def given(*, by) -> int:", False),
        ("def given(**rest) -> int:", False),
        ("def given(one: int):", False),
    ],
)
def test_a_function_is_typed_when_all_is_said_that_it_takes_and_returns(project, head, is_typed):
    (project / "somewhere" / "room" / "more.py").write_text(f"{head}\n    return 1\n")
    assert [one.is_typed for one in counts.functions() if one.module == "somewhere.room.more"] == [is_typed]


def test_comments_are_those_that_speak_to_people(project):
    assert counts.comments() == 2


def test_a_room_is_counted_without_the_rooms_in_it(project):
    (project / "here" / "inner").mkdir()
    (project / "here" / "inner" / "rules.py").touch()
    assert counts.rooms() == {"here": 1, "here/inner": 1, "elsewhere": 1, "somewhere/room": 1}
