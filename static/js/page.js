// What a page needs beyond HTML: the navigation of a phone, menus that close, messages, dialogs. All of it works without.
"use strict";

function toggleNavigation(button) {
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  document.getElementById(button.dataset.toggle).classList.toggle("open", open);
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

function dismissMessage(button) {
  const message = button.closest(".message");
  const next = message.nextElementSibling || document.getElementById("content");
  message.remove();
  (next.querySelector("[data-close]") || document.getElementById("content")).focus();
}

function openDialog(event, opener) {
  const dialog = document.getElementById(opener.dataset.dialog);
  // Without dialogs (Safari before 15.4, Firefox before 98) the link leads to the page which asks the same.
  if (!dialog || !dialog.showModal) return;
  event.preventDefault();
  dialog.showModal(); // Without it: see above.
}

// Where rows stand as cards, Safari before 17 no longer takes them for a table: the roles say it again.
const ROLES = [
  [".cards", "table"],
  [".cards thead, .cards tbody", "rowgroup"],
  [".cards tr", "row"],
  [".cards thead th", "columnheader"],
  [".cards tbody th", "rowheader"],
  [".cards td", "cell"],
];

function nameTheRoles() {
  for (const [parts, role] of ROLES) {
    for (const element of document.querySelectorAll(parts)) element.setAttribute("role", role);
  }
}

// Behind which edge of a table more columns wait.
function markEdges(region) {
  const hidden = region.scrollWidth - region.clientWidth;
  region.classList.toggle("more-left", region.scrollLeft > 1);
  region.classList.toggle("more-right", hidden - region.scrollLeft > 1);
}

function markAllEdges() {
  for (const region of document.querySelectorAll(".table-region")) markEdges(region);
}

// A panel that follows after the page brings tables of its own.
document.addEventListener("htmx:afterSwap", () => {
  nameTheRoles();
  markAllEdges();
});
window.addEventListener("resize", markAllEdges);
// Words are wider or narrower in the font that comes last.
if (document.fonts) document.fonts.ready.then(markAllEdges);
// A region's own scrolling does not rise to the page, it is met on the way down.
document.addEventListener("scroll", (event) => {
  if (event.target.matches && event.target.matches(".table-region")) markEdges(event.target);
}, { capture: true, passive: true });

document.addEventListener("click", (event) => {
  const target = event.target;
  const find = (selector) => target.closest(selector);
  closeMenus(target);
  if (find("[data-toggle]")) toggleNavigation(find("[data-toggle]"));
  else if (find("[data-close]")) dismissMessage(find("[data-close]"));
  else if (find("[data-dialog]")) openDialog(event, find("[data-dialog]"));
  else if (find("[data-dismiss]")) find("dialog").close();
  else if (target.matches("dialog")) target.close();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  const toggle = document.querySelector("[data-toggle][aria-expanded=true]");
  if (toggle) {
    toggleNavigation(toggle);
    toggle.focus();
  }
});

// A second click on a slow line would send the form twice; a form which answers with a file stays on the page.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000);
});

nameTheRoles();
markAllEdges();

const summary = document.querySelector(".error-summary");
if (summary) summary.focus();
