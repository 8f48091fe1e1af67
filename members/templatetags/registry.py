"""Show what the registry says."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fsul_portal.templatetags.face import badge
from members.libraries.models import Spell
from members.libraries.words import LOOKS

register = template.Library()


@register.simple_tag
def operating_state(spell: Spell) -> SafeString:
    """Show the operating state of a library in its look."""
    drawn = badge(spell.get_status_display(), *LOOKS[spell.Status(spell.status)])
    return render_to_string("components/_badge.html", drawn)
