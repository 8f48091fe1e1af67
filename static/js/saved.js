// A form with `data-keep` saves itself there a moment after the typing stops. The answer is HTML: each part of it takes
// the place of what stands in the part of the same name on the page. What is not saved stays with kept.js.
const PAUSE = 1000;
const RETRY = 5000;
const PATIENCE = 20000;
// One save after the other: a block pasted over a hundred rows asks nobody else to wait.
let line = Promise.resolve();

class Saving {
  constructor(form) {
    this.form = form;
    this.state = document.getElementById(`${form.id}-state`);
    this.said = document.getElementById(`${form.dataset.says || form.id}-said`);
    this.isTyped = false;
    this.isOver = false;
    this.isTroubled = false;
    this.sending = null;
    form.addEventListener("submit", (event) => this.submitted(event));
    this.markInvalid(form.dataset.invalid);
  }

  markInvalid(boxes) {
    const wrong = boxes.split(" ");
    for (const box of this.form.elements) {
      if (!box.matches("[data-cell]")) continue;
      if (wrong.includes(box.id)) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
    }
  }

  typed() {
    if (this.isOver) return;
    this.isTyped = true;
    this.say("unsaved");
    this.saveIn(PAUSE);
  }

  saveIn(time) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), time);
  }

  // Trouble is spoken aloud; that every word is saved is not.
  say(state) {
    const words = this.said.dataset[state];
    const isQuiet = state === "unsaved" || state === "saving";
    this.state.dataset.state = state;
    this.state.replaceChildren(isQuiet ? words : this.said.dataset.unsaved);
    if (!isQuiet) this.said.replaceChildren(words);
    else if (this.isTroubled) this.said.replaceChildren();
    this.isTroubled = !isQuiet;
  }

  async save() {
    if (this.sending || !this.isTyped || this.isOver) return;
    this.say("saving");
    this.sending = line.then(() => this.send());
    line = this.sending;
    const answer = await this.sending;
    this.sending = null;
    this.take(answer);
  }

  // What the server told, "ended" where it leads to the login page, "failed" where it says nothing of the form, or null.
  async send() {
    this.isTyped = false;
    const body = new FormData(this.form);
    // Without it (Safari before 16) a save waits as long as the line does.
    const signal = AbortSignal.timeout && AbortSignal.timeout(PATIENCE);
    try {
      const answer = await fetch(this.form.dataset.keep, { method: "POST", body, redirect: "manual", signal });
      if (answer.type === "opaqueredirect") return "ended";
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return page.querySelector("[data-version]") || "failed";
    } catch {
      return null;
    }
  }

  take(answer) {
    if (answer === null) this.wait();
    else if (typeof answer === "string") this.end(answer);
    else this.renew(answer);
  }

  renew(told) {
    const { state, version } = told.dataset;
    // What was typed meanwhile may stand in a part; the next answer brings them all.
    if (!this.isTyped) holdStill(() => told.querySelectorAll("[data-renews]").forEach(replace));
    this.markInvalid(told.dataset.invalid);
    if (state === "saved" || state === "partly") this.form.elements.version.value = version;
    else this.isOver = true;
    this.state.dataset.state = state;
    // A row of many says for itself that somebody else was faster.
    if (this.isOver && !this.form.dataset.says) this.said.replaceChildren(...this.state.childNodes);
    if (this.isTyped) this.typed();
    else if (state === "saved") this.form.dispatchEvent(new Event("saved", { bubbles: true }));
  }

  // Without a line nothing is lost: it is tried again until there is one.
  wait() {
    this.isTyped = true;
    this.say("offline");
    this.saveIn(RETRY);
  }

  end(state) {
    this.isOver = true;
    this.say(state);
  }

  // A button sends the version of the page: first let the answer come that will make it older.
  submitted(event) {
    clearTimeout(this.timer);
    if (!this.sending) return;
    event.preventDefault();
    this.isTyped = false;
    const { submitter } = event;
    this.sending.then(() => setTimeout(() => this.form.requestSubmit(submitter)));
  }
}

// The box somebody types into stays where it is on the screen, whatever comes or goes above it.
function holdStill(change) {
  const before = document.activeElement.getBoundingClientRect().top;
  change();
  if (document.activeElement !== document.body) scrollBy(0, document.activeElement.getBoundingClientRect().top - before);
}

function replace(part) {
  const place = document.getElementById(part.id);
  // What somebody is in the middle of stays under his hands.
  if (!place || place.innerHTML === part.innerHTML || place.contains(document.activeElement)) return;
  place.replaceChildren(...part.childNodes);
}

const forms = new Map([...document.querySelectorAll("form[data-keep]")].map((form) => [form, new Saving(form)]));

document.addEventListener("input", (event) => {
  const saving = event.target.form && forms.get(event.target.form);
  if (saving && event.target.name) saving.typed();
});

addEventListener("online", () => {
  for (const saving of forms.values()) saving.save();
});
