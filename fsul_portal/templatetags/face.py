"""The portal's components as template tags; docs/components.md lists them."""

from collections.abc import Sequence
from typing import Any, Protocol

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fsul_portal.grammar.states import ICONS_OF_TONES, look_of
from fsul_portal.pages.cards import is_wide, with_labels
from fsul_portal.pages.charts import HEIGHT, LEFT, WIDTH, Chart, Point
from fsul_portal.registers.paging import rows_offered
from fsul_portal.standard import CLAUSES

register = template.Library()


class HasState(Protocol):
    """A record with a state that Django can put into words."""

    state: str

    def get_state_display(self) -> str: ...


@register.inclusion_tag("components/_icon.html")
def icon(name: str, label: str = "") -> dict[str, Any]:
    """Draw an icon of the sprite; without a label it is decoration."""
    return {"name": name, "label": label}


@register.simple_tag(takes_context=True)
def shortcut(context: Context, keys: str) -> SafeString:
    """Say which keys lead to this element, unless the person has switched them off."""
    if not keys or keys in (context.get("shortcuts_off") or ()):
        return SafeString("")
    # The attribute knows keys that are held together, not keys that follow each other.
    alone = "" if " " in keys else format_html(' aria-keyshortcuts="{}"', keys)
    return format_html(' data-key="{}"{}', keys, alone)


@register.inclusion_tag("components/_chart.html")
def chart(id: str, title: str, points: Sequence[Point], unit: str = "", has_table: bool = True) -> dict[str, Any]:
    """Draw a small chart of columns with its table behind it; the id is the page's own for it.

    has_table: without it the page itself has a table of the same figures.
    """
    drawn = {"width": WIDTH, "height": HEIGHT, "left": LEFT, "has_table": has_table}
    return drawn | {"id": id, "title": title, "unit": unit, "chart": Chart(points)}


@register.inclusion_tag("components/_breadcrumb.html")
def breadcrumb(*steps: str) -> dict[str, Any]:
    """Show the way here: title, URL, title, URL …; a last title without URL is this page."""
    titles, urls = steps[::2], steps[1::2]
    here = titles[-1] if len(titles) > len(urls) else ""
    return {"crumbs": list(zip(titles, urls, strict=False)), "here": here}


@register.inclusion_tag("components/_badge.html")
def badge(label: str, tone: str = "neutral", icon: str = "") -> dict[str, Any]:
    """Show a short word on a coloured ground, with an icon that tells the tone to whoever sees no colours."""
    return {"label": label, "tone": tone, "icon_name": icon or ICONS_OF_TONES.get(tone, "dot")}


@register.inclusion_tag("components/_badge.html")
def state_badge(thing: HasState) -> dict[str, Any]:
    """Show the state of a thing in the look of that state."""
    return badge(thing.get_state_display(), *look_of(str(thing.state)))


@register.inclusion_tag("components/_badge.html")
def look_badge(label: str, state: str) -> dict[str, Any]:
    """Show a word in the look of a state that no model keeps, such as `missing`."""
    return badge(label, *look_of(state))


@register.simple_tag
def clause(number: str) -> SafeString:
    """Show which clause of the standard asks for this."""
    if not number:
        return SafeString("")
    return format_html('<span class="clause" title="{}">{}</span>', CLAUSES[number].title, number)


@register.inclusion_tag("components/_bar.html")
def bar(value: float | None, total: float | None, label: str) -> dict[str, Any]:
    """Draw how much of a total is reached."""
    # Of nothing the bar is empty: its element takes no maximum of 0.
    return {"value": min(value or 0, total or 0), "total": total or 1, "label": label}


@register.inclusion_tag("components/_sort_header.html", takes_context=True)
def sort_header(context: Context, field: str, label: str, numeric: bool = False) -> dict[str, Any]:
    """Head a column with a link which orders the list by it, and turns the order at the second click."""
    query = context["request"].GET.copy()
    chosen = query.get("order", "")
    query["order"] = f"-{field}" if chosen == field else field
    # In another order the same page holds other rows.
    query.pop("page", None)
    order = {field: "ascending", f"-{field}": "descending"}.get(chosen, "none")
    return {"label": label, "numeric": numeric, "order": order, "query": query.urlencode()}


@register.inclusion_tag("components/_pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Lead through the pages of a list; the rest of the query string stays."""
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "page": page,
        "pages": pages,
        "rows": rows_offered(page),
        "request": context["request"],
        "shortcuts_off": context.get("shortcuts_off", ()),
    }


@register.inclusion_tag("components/_filters.html", takes_context=True)
def filters(context: Context, form: BaseForm, count: int | None = None) -> dict[str, Any]:
    """Draw a GET form above a list, with the number of hits."""
    return {"form": form, "count": count, "request": context["request"]}


@register.inclusion_tag("components/_post_form.html", takes_context=True)
def post_form(
    context: Context, form: BaseForm, submit: str = "", cancel: str = "", action: str = "", tone: str = "primary"
) -> dict[str, Any]:
    """Draw a whole form: error summary, fields, buttons."""
    return {"form": form, "submit": submit, "cancel": cancel, "action": action, "tone": tone}


@register.simple_block_tag
def page_header(content: str, title: str, clause: str = "", lead: str = "", badge: str = "") -> SafeString:
    """Head a page with its title, clause, one sentence and, inside the tag, its buttons."""
    return render_to_string(
        "components/_page_header.html",
        {"title": title, "clause_number": clause, "lead": lead, "badge": badge, "actions": SafeString(content.strip())},
    )


@register.simple_block_tag
def panel(
    content: str, title: str = "", note: str = "", icon: str = "", id: str = "", tight: bool = False
) -> SafeString:
    """Put the content on a card with a heading."""
    return render_to_string(
        "components/_panel.html",
        {"title": title, "note": note, "icon_name": icon, "id": id, "tight": tight, "body": content},
    )


@register.simple_block_tag
def table(content: str, caption: str, show_caption: bool = True, matrix: bool = False) -> SafeString:
    """Put rows in a table whose rows become cards on a phone; a matrix stays one and scrolls inside its own region."""
    return render_to_string(
        "components/_table.html",
        {
            "caption": caption,
            "show_caption": show_caption,
            "rows": content if matrix else SafeString(with_labels(content)),
            "matrix": matrix,
            "wide": is_wide(content),
        },
    )


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context, content: str, id: str, title: str, action: str, label: str, tone: str = "primary"
) -> SafeString:
    """Ask once more in a dialog before a POST."""
    return render_to_string(
        "components/_confirm.html",
        {
            "id": id,
            "title": title,
            "action": action,
            "label": label,
            "tone": tone,
            "body": content,
            "csrf_token": context.get("csrf_token"),
        },
    )
