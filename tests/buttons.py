"""Read the buttons of a page: what Enter presses is the first submit button of a form."""

from collections.abc import Iterator
from html.parser import HTMLParser

# A button that does the most of its form, or what cannot be undone, in the portal and in the admin.
LOUD = {"primary", "danger", "bg-primary-600", "bg-red-600"}
# The row below a form of the admin: each of its buttons saves; they differ in the page that comes next.
ALIKE = {"_save", "_continue", "_addanother"}


class Forms(HTMLParser):
    """Gather the submit buttons of each form in their order, also of those that stand outside and name it."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[list[dict[str, str]]] = []
        self.named: dict[str, list[dict[str, str]]] = {}
        self.inside: list[dict[str, str]] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = self.named.setdefault(facts["id"], []) if "id" in facts else []
            self.found.append(self.inside)
        elif _submits(tag, facts):
            form = self.named.setdefault(facts["form"], []) if "form" in facts else self.inside
            if form is not None:
                form.append(facts)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None


class Lengths(HTMLParser):
    """Gather the fields that are given a length which their element has none of."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "select" and {"maxlength", "minlength", "placeholder"} & facts.keys():
            self.found.append(facts.get("name", "unnamed"))


def _submits(tag: str, facts: dict[str, str]) -> bool:
    kind = facts.get("type", "submit" if tag == "button" else "text")
    return (tag == "button" and kind == "submit") or (tag == "input" and kind in {"submit", "image"})


def loud_first(page: str) -> Iterator[str]:
    """Yield the first button of each form which has several, where it is a loud one."""
    for buttons in Forms(page).found:
        if {button.get("name") for button in buttons} <= ALIKE:
            continue
        if len(buttons) > 1 and LOUD & set(buttons[0].get("class", "").split()):
            yield " ".join(buttons[0].get(name, "") for name in ("name", "value", "formaction")).strip() or "unnamed"


def lengths_of_choices(page: str) -> list[str]:
    """Return the choices of a page that carry what only a field for text may carry."""
    return Lengths(page).found
