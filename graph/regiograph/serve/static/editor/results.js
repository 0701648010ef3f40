// An answer on the page: how much it is, whether it is all, and the views of it; or in words why there is none.
import { chart } from "./chart.js";
import { code } from "./code.js";
import { button, element } from "./elements.js";
import { graph } from "./graph.js";
import { response, saving } from "./response.js";
import { table } from "./table.js";
import { tabs } from "./tabs.js";
import { timeline } from "./timeline.js";

const counted = (n, one) => `${n.toLocaleString("en")} ${one}${n === 1 ? "" : "s"}`;

const size = ({ kind, rows, truncated }) => {
  if (kind === "truth") return "Answered";
  return (truncated ? "The first " : "") + counted(rows.length, kind === "triples" ? "triple" : "row");
};

export const told = (answer) => `${size(answer)} in ${answer.seconds.toFixed(2)} s`;

const cut = (answer) => (answer.truncated ? element("p", { class: "cut", role: "note" },
  element("b", {}, `Cut off after ${counted(answer.rows.length, answer.kind === "triples" ? "triple" : "row")}.`),
  " There are more than this server sends at once; ask for less, with LIMIT and OFFSET or a narrower question.") : null);

const wrong = (answer, go) => element("div", { class: "wrong", role: "alert" },
  element("p", {}, element("b", {}, answer.title), answer.message),
  answer.line ? button(`Go to line ${answer.line}`, () => go(answer.line)) : null);

const truth = (place, { value }) => place.replaceChildren(element("p", { class: "truth" }, value ? "Yes" : "No", element("small", {}, String(value))));

const views = (answer, known) => {
  const written = [
    { name: "response", title: "Response", draw: (place) => response(place, answer) },
    { name: "code", title: "Code", draw: (place) => code(place, answer) },
  ];
  if (answer.kind === "truth") return [{ name: "truth", title: "Answer", draw: (place) => truth(place, answer) }, ...written];
  if (!answer.rows.length) return written;
  return [
    { name: "table", title: "Table", draw: (place) => table(place, answer, known.meanings) },
    { name: "graph", title: "Graph", draw: (place) => graph(place, answer, known.anchors) },
    { name: "timeline", title: "Timeline", draw: (place) => timeline(place, answer) },
    { name: "chart", title: "Chart", draw: (place) => chart(place, answer) },
    ...written,
  ];
};

export const show = (place, answer, { view, changed, go, meanings, anchors }) => {
  place.hidden = false;
  if (answer.kind === "error") {
    place.replaceChildren(wrong(answer, go));
    return;
  }
  const problem = element("p", { role: "alert" });
  const shown = tabs("Views of the answer", views(answer, { meanings, anchors }), view, changed);
  const empty = answer.rows?.length === 0;
  place.replaceChildren(
    element("header", { class: "summary" }, element("h2", {}, size(answer)), ...(empty ? [] : [element("p", {}, "Download ", saving(answer, (error) => { problem.textContent = error.message; }))])),
    problem, cut(answer) || "", empty ? element("p", { class: "none" }, "Nothing in the graph fits this query.") : "", ...shown.whole.flat());
  shown.begin();
};
