// Boxes in rows feel like a sheet: Enter and the arrows move, a block copied from Excel or WPS is pasted over them.
// What is pasted goes in as it was copied: the server alone reads it. Tab moves as everywhere.
const CELL = "[data-cell]";

function rowsOf(sheet) {
  return [...sheet.querySelectorAll("[data-row]")].map((row) => [...row.querySelectorAll(CELL)]);
}

function placeOf(cell, rows) {
  const row = rows.findIndex((cells) => cells.includes(cell));
  return [row, rows[row].indexOf(cell)];
}

function isBox(cell) {
  return cell instanceof HTMLInputElement && !cell.disabled && !cell.readOnly;
}

// Go on in a direction until there is a box that can be filled in; at the edge one stays.
function move(cell, down, right) {
  const rows = rowsOf(cell.closest("[data-sheet]"));
  let [row, column] = placeOf(cell, rows);
  do {
    row += down;
    column += right;
  } while (rows[row] && rows[row][column] && !isBox(rows[row][column]));
  const next = rows[row] && rows[row][column];
  if (!next) return;
  next.focus();
  next.select();
}

function isAtEdge(cell, key) {
  const { selectionStart: from, selectionEnd: to, value } = cell;
  const isWhole = from === 0 && to === value.length;
  return isWhole || (from === to && from === (key === "ArrowLeft" ? 0 : value.length));
}

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

document.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (!cell.matches || !cell.matches(`[data-sheet] input${CELL}`) || event.isComposing) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter") {
    event.preventDefault();
    move(cell, event.shiftKey ? -1 : 1, 0);
    return;
  }
  const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
  if (!MOVES[event.key] || event.shiftKey || (sideways && !isAtEdge(cell, event.key))) return;
  event.preventDefault();
  move(cell, ...MOVES[event.key]);
});

// Rows of a copied block; a cell that holds a line break or a tab comes in quotes.
function blockOf(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/g)) {
    rows[rows.length - 1].push((quoted === undefined ? plain : quoted.replaceAll('""', '"')).trim());
    if (end === "") break;
    if (end !== "\t") rows.push([]);
  }
  // What is copied ends with a line break.
  const last = rows[rows.length - 1];
  if (rows.length > 1 && last.length === 1 && !last[0]) rows.pop();
  return rows;
}

// A copied row is laid down where the figures stand below one another.
function laidDown(block, sheet) {
  const isRow = block.length === 1 && sheet.dataset.sheet === "column";
  return isRow ? block[0].map((value) => [value]) : block;
}

function fill(cell, value) {
  cell.value = value;
  cell.dispatchEvent(new Event("input", { bubbles: true }));
}

function tell(sheet, filled, left) {
  const said = document.getElementById(`${sheet.id}-said`);
  const words = [said.dataset.pasted.replace("{filled}", filled.length)];
  if (left) words.push(said.dataset.left.replace("{left}", left));
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "button small";
  undo.textContent = said.dataset.undo;
  undo.addEventListener("click", () => {
    for (const [cell, before] of filled) fill(cell, before);
    said.replaceChildren();
    filled[0][0].focus();
  });
  said.replaceChildren(`${words.join(" · ")} `, undo);
}

function paste(cell, block) {
  const sheet = cell.closest("[data-sheet]");
  const rows = rowsOf(sheet);
  const [top, first] = placeOf(cell, rows);
  const filled = [];
  let left = 0;
  laidDown(block, sheet).forEach((values, down) => values.forEach((value, right) => {
    const box = rows[top + down] && rows[top + down][first + right];
    if (box && isBox(box)) {
      filled.push([box, box.value]);
      fill(box, value);
    } else if (value) left += 1;
  }));
  tell(sheet, filled, left);
}

document.addEventListener("paste", (event) => {
  const cell = event.target;
  if (!cell.matches || !cell.matches(`[data-sheet] input${CELL}`)) return;
  const block = blockOf(event.clipboardData.getData("text/plain"));
  if (block.length === 1 && block[0].length === 1) return;
  event.preventDefault();
  paste(cell, block);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  if (button) {
    const cell = document.getElementById(button.dataset.fill);
    fill(cell, button.dataset.value);
    cell.focus();
    return;
  }
  // A link to a box leads into it, not only to its place on the page.
  const link = event.target.closest("a[href^='#']");
  const box = link && document.getElementById(link.hash.slice(1));
  if (box && isBox(box)) {
    event.preventDefault();
    box.focus();
  }
});
