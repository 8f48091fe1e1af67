// A button with `data-put` puts its words where somebody was writing last, in the box that had the caret.
let box = null;

document.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea")) box = event.target;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-put]");
  if (!button) return;
  const target = box || document.querySelector("main textarea");
  if (!target) return;
  target.setRangeText(button.dataset.put, target.selectionStart, target.selectionEnd, "end");
  target.dispatchEvent(new Event("input", { bubbles: true }));
  target.focus();
});
