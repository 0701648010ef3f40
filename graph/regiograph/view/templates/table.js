// The table of all facts that the filters leave: the accessible twin of the picture, sortable, and what CSV takes.

const ROWS = 200;
const modal = { asserted: "told as fact" };
const COLUMNS = [
  ["Subject", (fact) => entities[fact.s].label],
  ["Relation", (fact) => relations[fact.p][0]],
  ["Object or value", (fact) => (fact.o === null ? fact.value ?? "" : entities[fact.o].label)],
  ["Details", (fact) => fact.notes.join(" · ")],
  ["Date", (fact) => fact.date ?? "", (fact) => fact.sort],
  ["Status", (fact) => modal[fact.modality] ?? fact.modality],
  ["Sure", (fact) => `${Math.round(fact.confidence * 100)} %`, (fact) => fact.confidence],
  ["Sentence", (fact) => (fact.quotes.length ? quotes[fact.quotes[0]][1] : "")],
  ["Source", (fact) => (fact.quotes.length ? articles[quotes[fact.quotes[0]][0]][0] : "")],
];
const order = { column: null, down: false };

function tabled() {
  const left = facts.filter((_, i) => kept.facts[i]);
  if (order.column === null) return left;
  const [, text, key = text] = COLUMNS[order.column];
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const values = new Map(left.map((fact) => [fact, key(fact)]));
  const sorted = left.sort((a, b) => {
    const [one, two] = [values.get(a), values.get(b)];
    return typeof one === "number" ? one - two : (one === "") - (two === "") || compare(one, two);
  });
  return order.down ? sorted.reverse() : sorted;
}

function drawTable() {
  if (!byId("table").open) return;
  const rows = tabled();
  const body = make("tbody");
  const heads = COLUMNS.map(([title], at) => {
    const sort = order.column !== at ? "none" : order.down ? "descending" : "ascending";
    return make("th", { scope: "col", "aria-sort": sort }, make("button", { type: "button", onclick: () => sortBy(at) }, title, make("i", { "aria-hidden": "true" }, { none: "", ascending: " ↑", descending: " ↓" }[sort])));
  });
  const left = rows.length === facts.length ? `${count(facts.length, "fact", "facts")}, the same as in the picture.` : `${rows.length.toLocaleString("en")} of ${count(facts.length, "fact", "facts")}, those that the filters leave.`;
  const table = make("table", {}, make("caption", {}, left), make("thead", {}, make("tr", {}, ...heads)), body);
  const more = make("button", { type: "button", class: "next" }, "Show more rows");
  const append = (n) => {
    const from = body.children.length;
    body.append(...rows.slice(from, from + n).map(tableRow));
    more.hidden = body.children.length >= rows.length;
  };
  more.addEventListener("click", () => append(ROWS));
  append(ROWS);
  byId("table").querySelector(".scroll").replaceChildren(table, more);
  byId("table").all = () => append(rows.length);
}

function sortBy(column) {
  order.down = order.column === column && !order.down;
  order.column = column;
  drawTable();
  byId("table").querySelectorAll("th button")[column].focus();
}

function tableRow(fact) {
  const [article, text, url] = fact.quotes.length ? quotes[fact.quotes[0]] : [null, "", null];
  const cell = (...children) => make("td", {}, ...children);
  const [, , , details, date, status, sure] = COLUMNS.map(([, said]) => said(fact));
  return make("tr", {},
    cell(link(fact.s)), cell(relations[fact.p][0]), cell(fact.o === null ? fact.value : link(fact.o)),
    cell(named(details)), cell(date), cell(status), cell(sure),
    make("td", { class: "quote", dir: "auto" }, ...marked(text, wordsOf(fact))), cell(article === null ? "" : source(article, url)));
}
