// What the pages do beyond HTML: the mirror behind the writing field, keys, selects that send themselves.
"use strict";

document.documentElement.dataset.script = "on";

// The mirror carries the marks. Between two checks it follows the words without them, so that no mark stands under another word.
document.addEventListener("input", (event) => {
  if (event.target.id !== "reply") return;
  document.getElementById("mirror").textContent = event.target.value + "\n";
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

// "Mend 2 phrases first" leads to the first one: its words are selected, ready to be written over.
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-first-block]")) return;
  const mark = document.querySelector('#mirror .flag[data-severity="block"]');
  const field = document.getElementById("reply");
  if (!mark || !field) return;
  event.preventDefault();
  const before = document.createRange();
  before.setStart(document.getElementById("mirror"), 0);
  before.setEndBefore(mark);
  const start = before.toString().length;
  field.focus();
  field.setSelectionRange(start, start + mark.textContent.length);
});

// After a rewrite the field keeps the focus.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "composer") document.getElementById("reply")?.focus();
});

const places = { t: "/", i: "/inbox/", l: "/listening/", s: "/settings/" };
let isGoing = false;

document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  if (isGoing) {
    isGoing = false;
    if (places[key]) location.href = places[key];
    return;
  }
  if (key === "g") isGoing = true;
  else if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
  else {
    const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.tagName === "BUTTON") target.click();
    else target.focus();
  }
});

// The next or the last row of the list is opened.
function step(by) {
  const rows = [...document.querySelectorAll(".row")];
  const here = rows.findIndex((row) => row.getAttribute("aria-current"));
  rows[Math.max(0, here + by)]?.querySelector("a")?.click();
}
