"""Hold that the duty of meeting points to the rule by which meetings are held (7.1)."""

from datetime import date

import pytest
from django.urls import reverse

from committee.institutions.models import Institution

pytestmark = pytest.mark.clause("7.1")


def test_the_list_of_meetings_leads_to_the_rule_in_force_or_says_that_there_is_none(cast, signed_in):
    url = reverse("committee:meeting-list")
    assert "No rule of meetings is in force." in signed_in("chair").get(url).content.decode()
    rule = Institution.objects.create(title="例会制度", kind="meetings", started_by=cast["committee"])
    Institution.objects.filter(pk=rule.pk).update(state="in_force", in_force_on=date(2026, 1, 1))
    page = signed_in("chair").get(url).content.decode()
    assert (rule.get_absolute_url() in page, "No rule of meetings" in page) == (True, False)
