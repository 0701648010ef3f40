// Where the query is written: Yasgui's editor where it is there, else the plain field; both by the same few functions.
import { completing } from "./completing.js";
import { known } from "./known.js";

const USED = /(?<![\w:<])([a-z]+):(?=[\w])/g;

// A query with the prefixes that it uses and does not declare: this server knows them, others may not.
const declared = (text) => {
  const lacking = [...new Set([...text.matchAll(USED)].map(([, prefix]) => prefix))]
    .filter((prefix) => Object.hasOwn(known.prefixes, prefix) && !new RegExp(`\\bPREFIX\\s+${prefix}:`, "i").test(text));
  return lacking.map((prefix) => `PREFIX ${prefix}: <${known.prefixes[prefix]}>\n`).join("") + text;
};

const plain = (field) => ({
  get text() { return field.value; },
  set text(words) { field.value = words; field.dispatchEvent(new Event("input")); },
  replace(start, end, words) { field.setRangeText(words, start, end, "preserve"); field.dispatchEvent(new Event("input")); },
  mark(line) {
    if (line === null) return;
    const lines = field.value.split("\n"), start = lines.slice(0, line - 1).join("\n").length + (line > 1);
    field.focus();
    field.setSelectionRange(start, start + (lines[line - 1] || "").length);
  },
  changed(act) { field.addEventListener("input", act); },
  focus() { field.focus(); },
});

const rich = (field, run) => {
  const { Yasqe } = window.Yasgui;
  completing(Yasqe, known);
  field.hidden = true;
  const made = new Yasqe(field.parentElement, {
    value: declared(field.value), persistenceId: null, consumeShareLink: null, createShareableLink: null, showQueryButton: false,
    resizeable: false, editorHeight: null, inputStyle: "contenteditable", prefixCcApi: null, foldGutter: true, viewportMargin: Infinity,
    requestConfig: { endpoint: "/sparql" },
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-S": () => {}, Tab: false, "Shift-Tab": false },
  });
  const input = made.getInputField();
  const label = document.querySelector("label[for=query]");
  label.id = "says";
  label.addEventListener("click", () => made.focus());
  const given = { role: "textbox", "aria-multiline": "true", "aria-labelledby": "says", "aria-describedby": "keys", tabindex: "0" };
  for (const [name, value] of Object.entries(given)) input.setAttribute(name, value);
  made.on("autocompletionShown", (_, shown) => shown.hints.setAttribute("aria-label", "Completions"));
  let marked = null;
  return {
    get text() { return made.getValue(); },
    set text(words) { made.setValue(declared(words)); made.clearHistory(); made.collapsePrefixes(true); },
    replace(start, end, words) { made.getDoc().replaceRange(words, made.posFromIndex(start), made.posFromIndex(end)); },
    mark(line) {
      if (marked !== null) made.removeLineClass(marked, "background", "faulty");
      marked = line === null ? null : made.addLineClass(Math.min(line, made.lineCount()) - 1, "background", "faulty");
      if (line === null) return;
      made.setCursor({ line: line - 1, ch: 0 });
      made.scrollIntoView({ line: line - 1, ch: 0 }, 60);
    },
    changed(act) { made.on("change", act); },
    focus() { made.focus(); },
  };
};

export const editor = (field, run) => {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  });
  return window.Yasgui ? rich(field, run) : plain(field);
};
