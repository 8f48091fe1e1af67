// Say what axe can tell of this page: {shape, words}; `window.wordsOf` leads from a word to the elements that show it. Two pages of one shape have the same faults; a word is a text as
// the eye meets it, and two of the same have the same contrast. What differs in content alone is left out: any words
// are as good as others, and of rows that are alike one stands for all.
() => {
  const LOOK = [
    "color", "background-color", "background-image", "opacity", "font-size", "font-weight", "display", "visibility",
    "position", "z-index", "float", "overflow-x", "overflow-y", "text-shadow", "text-decoration-line", "clip-path",
    "filter", "mix-blend-mode", "transform",
  ];
  const PAINTED = ["content", "display", "position", "color", "background-color", "background-image", "opacity"];
  // Names of other elements: what counts is whether there is one, and of which kind.
  const LEADS = /^(for|list|form|headers|popovertarget|aria-(labelledby|describedby|controls|owns|activedescendant|details|errormessage|flowto))$/;
  // What the page is about: what counts is whether anything stands there, and of names whether they stand there once.
  const SAYS = /^(value|placeholder|alt|title|aria-label|aria-valuenow|aria-valuetext|src|srcset|action|name|datetime|min|max|d|points|transform|data-.*|hx-.*|x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|width|height|viewBox)$/;
  const NAMES = /^(alt|title|aria-label)$/;

  const hash = (text) => {
    let one = 0xdeadbeef, two = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 2654435761);
      two = Math.imul(two ^ code, 1597334677);
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
    two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
    return (two >>> 0).toString(36) + (one >>> 0).toString(36);
  };

  const times = {};
  for (const one of document.querySelectorAll("*")) {
    for (const { name, value } of one.attributes) {
      if (name === "id" || name === "accesskey" || NAMES.test(name)) {
        const key = `${name} ${NAMES.test(name) ? one.localName : ""} ${value}`;
        times[key] = (times[key] || 0) + 1;
      }
    }
  }
  const once = (one, name, value) => times[`${name} ${NAMES.test(name) ? one.localName : ""} ${value}`] === 1;
  const led = (ids) => ids.split(/\s+/).map((id) => (id ? document.getElementById(id)?.localName ?? "nowhere" : ""));

  const said = (one, { name, value }) => {
    if (name === "id" || name === "accesskey") return once(one, name, value);
    if (name === "href" && value.startsWith("#")) return `#${value.length > 1 ? led(decodeURIComponent(value.slice(1))) : ""}`;
    if (LEADS.test(name)) return led(value);
    if (NAMES.test(name)) return value.trim() ? once(one, name, value) : "";
    if (name === "style") return value.replace(/[\d.]+/g, "9");
    if (name === "href" || SAYS.test(name)) return Boolean(value.trim());
    return value;
  };

  const painted = (one, pseudo) => {
    const style = getComputedStyle(one, pseudo);
    if (["none", "normal"].includes(style.content)) return "";
    return PAINTED.map((name) => (name === "content" ? style.content.length > 2 : style.getPropertyValue(name)));
  };

  const RELEVANT = ["type", "role", "disabled", "aria-disabled", "aria-hidden", "inert", "open"];
  const lookOf = (one, style, box) => [
    one.localName,
    ...RELEVANT.map((name) => one.getAttribute(name)),
    one.control ? one.control.disabled : "",
    one.id ? Boolean(document.querySelector(`[aria-labelledby~="${CSS.escape(one.id)}"]`)) : "",
    ...LOOK.map((name) => style.getPropertyValue(name)),
    painted(one, "::before"), painted(one, "::after"),
    box.width > 1 && box.height > 1, one.checkVisibility(),
  ].join();

  // What may lie over or under texts that it does not hold.
  const isMoved = (style) =>
    ["absolute", "fixed", "sticky"].includes(style.position) || style.float !== "none" || style.transform !== "none" ||
    (style.position === "relative" && [style.top, style.left].some((far) => !["auto", "0px"].includes(far))) ||
    [style.marginTop, style.marginLeft, style.marginRight, style.marginBottom].some((far) => far.startsWith("-"));
  const meets = (one, other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  const holds = (one, other) =>
    one.left <= other.left && one.right >= other.right && one.top <= other.top && one.bottom >= other.bottom;

  const moved = [], texts = [];
  const visit = (one, above, windows) => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const look = lookOf(one, style, box), path = hash(above + look);
    const words = [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join("");
    // Of signs alone it tells nothing, nor of a single letter.
    const length = /[\p{L}\p{N}]/u.test(words) ? Math.min(words.length, 2) : words.length && "-";
    if (length || ["input", "select", "textarea"].includes(one.localName)) {
      const seen = windows.map((frame) => [holds(frame, box), meets(frame, box)]);
      texts.push({ one, box, key: [path, length, Boolean(one.value), seen].join() });
    }
    const scrolls = [style.overflowX, style.overflowY].some((flow) => flow !== "visible");
    const inner = scrolls ? [...windows, box] : windows;
    const parts = [];
    for (const child of one.children) {
      if (["script", "style"].includes(child.localName)) continue;
      const part = visit(child, path, inner);
      if (part !== parts.at(-1)) parts.push(part);
    }
    const attributes = [...one.attributes].map((each) => `${each.name}=${said(one, each)}`).sort();
    const runs = scrolls && [one.scrollWidth - one.clientWidth > 1, one.scrollHeight - one.clientHeight > 1];
    const repeats = one.localName === "img" && one.alt === one.closest("a, button")?.innerText.trim();
    const own = [attributes, look, length, Boolean(one.value), one.labels?.length, runs, repeats];
    const shape = hash(`${own.join("|")}(${parts.join()})`);
    const covers = box.width > 1 && box.height > 1 && one.checkVisibility() && !style.clipPath.startsWith("inset(50%");
    if (covers && isMoved(style)) moved.push({ one, box, shape });
    return shape;
  };

  const shape = visit(document.documentElement, "", []);
  window.wordsOf = new Map();
  for (const { one, box, key } of texts) {
    const others = moved.filter((other) => meets(other.box, box) && !other.one.contains(one) && !one.contains(other.one));
    const word = hash([key, ...others.map((other) => other.shape + holds(other.box, box)).sort()].join());
    window.wordsOf.set(word, [...(window.wordsOf.get(word) || []), one]);
  }
  return { shape, words: [...window.wordsOf.keys()] };
}
