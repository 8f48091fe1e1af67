"""Show the dictionary of indicators."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.indicators.models import Indicator


@require_safe
def indicator_list(request):
    """List what is counted, in which unit, and what it means (6.2.1 j)."""
    return render(request, "members/indicators/indicator_list.html", {"indicators": Indicator.objects.all()})
