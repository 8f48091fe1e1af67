// The key / leads to the search of the top bar; without this one goes there by mouse or by Tab.
"use strict";

function isTyped(event) {
  // An input method composes: the key belongs to it, whatever it says.
  return event.isComposing || event.keyCode === 229 || Boolean(event.target.closest("input, textarea, select, [contenteditable], dialog"));
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyped(event)) return;
  const field = document.getElementById("top-search");
  if (!field) return;
  event.preventDefault();
  if (field.offsetParent) field.select();
  else location.assign(field.form.action);
});
