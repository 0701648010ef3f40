// The page: questions put into the editor, the query asked, the answer shown; the address holds the query and the view.
import { ask } from "./asking.js";
import { anchors, Filling } from "./filling.js";
import { known } from "./known.js";
import { show, told } from "./results.js";
import { editor } from "./writing.js";

const part = (id) => document.getElementById(id);
const [form, field, run, status, results] = ["asking", "query", "run", "status", "results"].map(part);
const VIEWS = ["table", "graph", "timeline", "chart", "response", "code"];

const first = field.value;
const written = editor(field, () => asked());
const filling = new Filling(part("filling"), written);
let shown = first, question = null, stop = null, view = "table";

const entitled = (text) => known.questions.find(({ title }) => text.startsWith(`# ${title}\n`)) || null;

const choose = (chosen) => {
  question = chosen;
  filling.show(chosen);
  document.querySelectorAll("[data-question]").forEach((link) => {
    if (link.dataset.question === chosen?.name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
};

const remember = () => {
  const address = `/sparql?${new URLSearchParams({ query: written.text })}#${view}`;
  shown = written.text;
  const same = new URLSearchParams(location.search).get("query") === written.text;
  history[same ? "replaceState" : "pushState"](null, "", address);
};

const working = (controller) => {
  stop = controller;
  run.textContent = controller ? "Stop" : "Ask";
  if (controller) status.textContent = "Asking …";
};

const reached = (error) => ({ kind: "error", title: "The server cannot be reached. ", message: error.message, line: null });

async function asked() {
  if (stop || !filling.complete()) return;
  const controller = new AbortController();
  working(controller);
  written.mark(null);
  remember();
  try {
    const answer = await ask(written.text, controller.signal).catch((error) => {
      if (controller.signal.aborted) throw error;
      return reached(error);
    });
    present(answer);
  } catch {
    status.textContent = "Stopped.";
  } finally {
    working(null);
  }
}

const present = (answer) => {
  status.textContent = answer.kind === "error" ? "No answer; see below." : told(answer);
  if (answer.line) written.mark(answer.line);
  const bound = anchors(written.text).map((each) => ({ ...each, label: filling.named(each.iri) }));
  show(results, answer, {
    view, anchors: bound, meanings: question?.columns,
    changed: (name) => { if (VIEWS.includes(name)) { view = name; remember(); } },
    go: (line) => { written.mark(line); written.focus(); },
  });
  if (results.getBoundingClientRect().top > innerHeight * 0.75) results.scrollIntoView({ block: "start" });
};

const opened = () => {
  const text = new URLSearchParams(location.search).get("query") || first;
  if (text !== shown) written.text = text;
  shown = text;
  choose(entitled(text));
  results.hidden = true;
  const wanted = location.hash.slice(1);
  if (!VIEWS.includes(wanted)) return;
  view = wanted;
  asked();
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (stop) stop.abort();
  else asked();
});
document.querySelector(".catalogue").addEventListener("click", (event) => {
  const link = event.target.closest("[data-question]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const chosen = known.questions.find(({ name }) => name === link.dataset.question);
  written.text = chosen.sparql;
  choose(chosen);
  shown = chosen.sparql;
  history.pushState(null, "", link.href);
  results.hidden = true;
  status.textContent = "";
  part("filling").scrollIntoView({ block: "nearest" });
});
addEventListener("popstate", () => {
  const here = new URLSearchParams(location.search).get("query") ?? first;
  if (here !== shown || VIEWS.includes(location.hash.slice(1))) opened();
});
part("format-choice").hidden = true;
part("keys").hidden = false;
opened();
