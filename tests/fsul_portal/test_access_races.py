"""Let roles of one person begin and end at the same moment (checklist B6)."""

import pytest
from django.core.management import call_command

from fsul_portal.access.actions import grant, revoke
from fsul_portal.access.checks import deviations
from fsul_portal.access.models import Grant
from members.libraries.models import Division
from members.people.models import User
from tests.hands import at_once, many_hands

__all__ = ["many_hands"]


@pytest.mark.checklist("B6", "D4")
@pytest.mark.parametrize("__", range(3))
def test_a_role_that_ends_while_another_is_given_leaves_no_right_behind(cast, many_hands, __):
    nanhai, own = cast["nanhai"], Division.objects.get(code="440605")
    held = Grant.objects.in_force().get(person=nanhai)
    acts = [
        lambda: revoke(held),
        lambda: grant("observer", to=User.objects.get(pk=nanhai.pk)),
        lambda: grant("district-reviewer", to=User.objects.get(pk=nanhai.pk), on=own),
        lambda: grant("chair", to=User.objects.get(pk=nanhai.pk)),
    ]
    outcomes = at_once(lambda number: acts[number](), times=4)
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert deviations() == []


@pytest.mark.checklist("D4")
def test_one_role_given_twice_at_once_is_given_once(cast, many_hands):
    outcomes = at_once(lambda number: grant("chair", to=User.objects.get(username="branch")), times=4)
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert Grant.objects.in_force().filter(person__username="branch", role="chair").count() == 1


@pytest.mark.checklist("B6")
def test_whoever_holds_other_rights_than_his_roles_bring_is_named(cast, capsys):
    call_command("compare_roles")
    assert capsys.readouterr().out == "0 deviate\n"
    behind_their_backs(cast)
    with pytest.raises(SystemExit):
        call_command("compare_roles")
    kind, place = cast["nanhai"].grants.get().content_type_id, Division.objects.get(code="440605").pk
    assert capsys.readouterr().out.splitlines() == [
        "branch: +admin",
        "chair: -committee.sign_minutes",
        "nanhai: "
        + ", ".join(
            f"+members.{right} ({kind}:{place})" for right in ("file_changes", "keep_meetings", "report_returns")
        ),
        "3 deviate",
    ]


def behind_their_backs(cast):
    """End a role and take a right away without the actions."""
    from django.utils import timezone

    Grant.objects.filter(person=cast["nanhai"]).update(ended_at=timezone.now())
    User.objects.filter(username="branch").update(is_staff=True)
    cast["chair"].user_permissions.remove(*cast["chair"].user_permissions.filter(codename="sign_minutes"))
