"""Show what the registry and the dictionary say."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fsul_portal.templatetags.face import badge
from members.indicators.models import Indicator
from members.indicators.words import asked_in_words
from members.libraries.models import Spell
from members.libraries.words import LOOKS

register = template.Library()


@register.filter
def asked(indicator: Indicator) -> str:
    """Say from when to when, and of whom, an indicator is asked."""
    return asked_in_words(indicator)


@register.simple_tag
def operating_state(spell: Spell) -> SafeString:
    """Show the operating state of a library in its look."""
    drawn = badge(spell.get_status_display(), *LOOKS[spell.Status(spell.status)])
    return render_to_string("components/_badge.html", drawn)
