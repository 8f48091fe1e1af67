"""Let axe look at pages, and at nothing twice: most pages show again what it has seen on another."""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT

SHAPE = Path(__file__).with_name("shape.js").read_text("utf-8")
KINDS = ["violations", "incomplete"]
CONTRAST = "color-contrast"
RUN = "(options) => axe.run(options).then(({ violations, incomplete }) => ({ violations, incomplete }))"
# Looks at these words only, and says of which it could not tell.
RUN_ON_WORDS = """
([options, words]) => axe
  .run({ include: words.flatMap((word) => window.wordsOf.get(word)) }, { ...options, elementRef: true })
  .then(({ violations, incomplete }) => {
    const unclear = new Set(incomplete.flatMap((one) => one.nodes.map((node) => node.element)));
    const untold = words.filter((word) => window.wordsOf.get(word).some((one) => unclear.has(one)));
    for (const one of [...violations, ...incomplete]) for (const node of one.nodes) delete node.element;
    return { violations, incomplete, untold };
  })
"""


class Axe:
    """Look at whatever shape of a page was not there before, and at the contrast of words that look like no others.

    What a shape and a word are, says shape.js.
    """

    def __init__(self, without=()):
        self.without, self.shapes, self.words = without, set(), set()

    def look(self, page):
        """Return (kind, rule, node) of what axe finds on the page as it stands; nothing where it has looked already."""
        width = page.viewport_size["width"]
        shown = page.evaluate(SHAPE)
        if (width, shown["shape"]) in self.shapes:
            return []
        self.shapes.add((width, shown["shape"]))
        if not page.evaluate("Boolean(window.axe)"):
            page.evaluate(AXE_SCRIPT)
        rules = {rule: {"enabled": False} for rule in (*self.without, CONTRAST)}
        answers = [page.evaluate(RUN, {"resultTypes": KINDS, "rules": rules})]
        if words := [word for word in shown["words"] if (width, word) not in self.words]:
            answers.append(page.evaluate(RUN_ON_WORDS, [{"resultTypes": KINDS, "runOnly": [CONTRAST]}, words]))
            self.words |= {(width, word) for word in words if word not in answers[-1]["untold"]}
        return [
            (kind, one["id"], node)
            for answer in answers
            for kind in KINDS
            for one in answer[kind]
            for node in one["nodes"]
        ]
