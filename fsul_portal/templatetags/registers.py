"""Draw what a register has declared."""

from collections.abc import Callable
from typing import Any

from django import template
from django.db.models import Model
from django.template import Context
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fsul_portal.assignments.models import Assignment
from fsul_portal.registers.columns import DAY, MOMENT, NUMBER, STATE, Cell
from fsul_portal.registers.register import Register
from fsul_portal.templatetags.face import state_badge
from fsul_portal.templatetags.figures import figure, iso, iso_moment

register = template.Library()
WRITTEN: dict[str, Callable[[Any], str]] = {DAY: iso, MOMENT: iso_moment, NUMBER: figure}


@register.simple_tag
def address(of_register: Register, page: str, *args: Any) -> str:
    """Return the address of a page of a register: its list, its form, the page of a thing."""
    return of_register.address(page, *args)


@register.simple_tag
def drawn(cell: Cell, link: bool = False) -> SafeString:
    """Draw what a column says of a thing; its name leads to its page."""
    said = _said(cell)
    return format_html('<a href="{}">{}</a>', cell.thing.get_absolute_url(), said) if link else said


def _said(cell: Cell) -> SafeString:
    if cell.column.cell:
        words = {"cell": cell, "value": cell.value, "thing": cell.thing, cell.thing._meta.model_name: cell.thing}
        return SafeString(render_to_string(cell.column.cell, words).strip())
    if cell.kind == STATE:
        return SafeString(render_to_string("components/_badge.html", state_badge(cell.thing)).strip())
    if cell.is_empty:
        return SafeString('<span class="no-figure">—</span>')
    return linebreaksbr(WRITTEN.get(cell.kind, str)(cell.value))


@register.inclusion_tag("components/_tasks.html", takes_context=True)
def tasks_of(context: Context, thing: Model) -> dict[str, Any]:
    """List the tasks that hang on a thing, as far as they concern the reader."""
    rows = Assignment.objects.of(thing).select_related("person", "checker")
    return {"tasks": [task for task in rows if task.concerns(context["request"].user)], "is_on_its_page": True}
