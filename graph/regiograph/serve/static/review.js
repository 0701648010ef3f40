"use strict";
// A key does what the button or link that bears it does, unless someone types, or wants something of the browser.
const KEPT = "regiograph-review-keys";
const keys = document.getElementById("keys");
keys.checked = localStorage.getItem(KEPT) !== "off";
keys.closest("p").hidden = false;
keys.addEventListener("change", () => localStorage.setItem(KEPT, keys.checked ? "on" : "off"));

addEventListener("keydown", (event) => {
  if (!keys.checked || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const meant = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (meant) {
    event.preventDefault();
    meant.click();
  }
});

// One decision at a time: a second press decides nothing until the next page is there.
let sent = false;
addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
});
addEventListener("pageshow", () => {
  sent = false;
});
