// Keep what is typed until the server has taken it: a session that ends in between loses nothing.
// Under the person and the page; never passwords, files, hidden fields or forms that ask for a password.
"use strict";

const PREFIX = "kept:";
const DAYS_KEPT = 7;
const NEVER_KEPT = ["password", "file", "hidden", "submit", "button", "reset", "image"];

const offers = document.getElementById("kept");
const person = offers && offers.dataset.person;
const unsaved = new Set();

function shelf() {
  // A browser may forbid the store; then the page works as it would without this script.
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function entries() {
  return Object.keys(shelf() || {}).filter((key) => key.startsWith(PREFIX));
}

function read(key) {
  try {
    return JSON.parse(shelf().getItem(key));
  } catch {
    return null;
  }
}

function write(key, entry) {
  try {
    shelf().setItem(key, JSON.stringify(entry));
  } catch {
    // The store is full or forbidden.
  }
}

function drop(key) {
  if (shelf()) shelf().removeItem(key);
}

function isKept(field) {
  return field.name && !field.disabled && !field.readOnly && !NEVER_KEPT.includes(field.type);
}

function fieldsOf(form) {
  return [...form.elements].filter(isKept);
}

function keptForms() {
  return [...document.querySelectorAll("form[method=post]")].filter(
    (form) => !form.querySelector("[type=password]") && fieldsOf(form).length,
  );
}

function valueOf(field) {
  return ["checkbox", "radio"].includes(field.type) ? field.checked : field.value;
}

function valuesOf(form) {
  return fieldsOf(form).map((field) => [field.name, valueOf(field)]);
}

function keyOf(form) {
  return `${PREFIX}${person}:${location.pathname}${location.search}:${form.id || keptForms().indexOf(form)}`;
}

function keep(form) {
  unsaved.add(form);
  write(keyOf(form), { at: Date.now(), values: valuesOf(form) });
}

// A page may have changed in between: each value goes to the field of its name, the second of a name to the second.
function restore(form, values) {
  const left = fieldsOf(form);
  const restored = [];
  for (const [name, value] of values) {
    const at = left.findIndex((field) => field.name === name);
    if (at < 0) continue;
    const [field] = left.splice(at, 1);
    if (valueOf(field) === value) continue;
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    restored.push(field);
  }
  if (restored.length) restored[0].focus();
}

function timeOf(at) {
  const then = new Date(at);
  const time = { hour: "2-digit", minute: "2-digit" };
  const sameDay = then.toDateString() === new Date().toDateString();
  return then.toLocaleString(document.documentElement.lang, sameDay ? time : { month: "long", day: "numeric", ...time });
}

// The forms of one sheet are offered together: [[form, key, entry], …].
function offer(place, found) {
  const message = offers.content.firstElementChild.cloneNode(true);
  const words = message.querySelector("p");
  words.textContent = words.textContent.replace("{time}", timeOf(Math.max(...found.map(([, , entry]) => entry.at))));
  message.querySelector("[data-kept=restore]").addEventListener("click", () => {
    for (const [form, , entry] of found) restore(form, entry.values);
    words.textContent = words.dataset.done;
    for (const button of message.querySelectorAll("button")) button.remove();
  });
  message.querySelector("[data-kept=drop]").addEventListener("click", () => {
    for (const [, key] of found) drop(key);
    message.remove();
    fieldsOf(found[0][0])[0].focus();
  });
  place.prepend(message);
}

function offerWhatIsKept() {
  const places = new Map();
  for (const form of keptForms()) {
    const key = keyOf(form);
    const entry = read(key);
    if (!entry || JSON.stringify(entry.values) === JSON.stringify(valuesOf(form))) continue;
    const place = form.closest("[data-sheet]") || form;
    places.set(place, [...(places.get(place) || []), [form, key, entry]]);
  }
  places.forEach((found, place) => offer(place, found));
}

// After a form was sent, a redirect to a page of the same person says that it was taken; the login page or an answer to
// the POST itself says that it was not. Whatever else follows, such as a broken line, says nothing.
function settle() {
  const navigation = performance.getEntriesByType("navigation")[0] || {};
  const redirected = navigation.type === "navigate" && navigation.redirectCount > 0;
  for (const key of entries()) {
    const entry = read(key);
    const old = !entry || Date.now() - entry.at > DAYS_KEPT * 86400000;
    const ofSomebodyElse = person && !key.startsWith(`${PREFIX}${person}:`);
    const taken = entry && entry.sent && person && offers.dataset.method === "GET" && redirected;
    if (old || ofSomebodyElse || taken) drop(key);
    else if (entry.sent && (!person || offers.dataset.method !== "GET")) write(key, { ...entry, sent: false });
  }
}

function send(form) {
  unsaved.clear();
  const key = keyOf(form);
  const entry = read(key);
  if (entry) write(key, { ...entry, sent: true });
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (person && form && isKept(event.target) && keptForms().includes(form)) keep(form);
});

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !person) return;
  if (event.target.matches("[data-signs-out]")) entries().forEach(drop);
  send(event.target);
});

// A form that saves itself says so (saved.js).
document.addEventListener("saved", (event) => {
  unsaved.delete(event.target);
  drop(keyOf(event.target));
});

addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

settle();
if (person) offerWhatIsKept();
