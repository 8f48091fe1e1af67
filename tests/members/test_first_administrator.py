"""Show how a new portal gets the person who gives all others their roles."""

import pytest
from django.core.management import CommandError, call_command

from members.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.checklist("A11")]


def test_a_new_portal_has_nobody_until_an_administrator_is_appointed(monkeypatch, capsys):
    assert User.objects.count() == 0
    monkeypatch.setenv("ADMINISTRATOR_PASSWORD", "Lantern harbour 77")
    call_command("appoint_administrator", "keeper")
    keeper = User.objects.get()
    assert (keeper.username, keeper.is_staff, keeper.is_superuser) == ("keeper", True, False)
    assert keeper.has_perm("members.manage_people")
    assert capsys.readouterr().out == "keeper is the system administrator.\n"


@pytest.mark.parametrize("password", ["admin", "keeper2026", "1234567890"])
def test_a_weak_first_password_is_refused(monkeypatch, password):
    monkeypatch.setenv("ADMINISTRATOR_PASSWORD", password)
    with pytest.raises(CommandError):
        call_command("appoint_administrator", "keeper")
    assert User.objects.count() == 0


def test_an_account_is_not_taken_over(monkeypatch, cast):
    monkeypatch.setenv("ADMINISTRATOR_PASSWORD", "Lantern harbour 77")
    with pytest.raises(CommandError, match="already"):
        call_command("appoint_administrator", "nanhai")
