// What a key leads to is said by the page itself: data-key="/", or "g d" for one key after the other.
// Without this one goes there by mouse or by Tab.
"use strict";

const PATIENCE = 1500; // Milliseconds between the two keys of a shortcut.
let before = "";
let waiting = 0;

function isTyped(event) {
  // An input method composes: the key belongs to it, whatever it says.
  if (event.isComposing || event.keyCode === 229) return true;
  return Boolean(event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog"));
}

function leadTo(element) {
  if (element.tagName !== "INPUT") element.click();
  else if (element.offsetParent) element.select();
  else location.assign(element.form.action);
}

function tell(list) {
  list.textContent = "";
  for (const element of document.querySelectorAll("[data-key]")) {
    const row = list.appendChild(document.createElement("div"));
    const term = row.appendChild(document.createElement("dt"));
    for (const key of element.dataset.key.split(" ")) term.appendChild(document.createElement("kbd")).textContent = key;
    const words = (element.labels && element.labels[0]) || element;
    row.appendChild(document.createElement("dd")).textContent = words.textContent.trim();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyped(event)) return;
  if (event.key === "Shift") return;
  const keys = [before + event.key, event.key];
  before = "";
  clearTimeout(waiting);
  for (const key of keys) {
    const element = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!element) continue;
    event.preventDefault();
    leadTo(element);
    return;
  }
  if (!document.querySelector(`[data-key^="${CSS.escape(event.key)} "]`)) return;
  before = `${event.key} `;
  waiting = setTimeout(() => (before = ""), PATIENCE);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dialog=shortcuts]")) tell(document.querySelector("#shortcuts dl"));
});
