// Search, the legend that filters, and the table of all facts.

const FOUND_AT_MOST = 12;
const ROWS = 200;

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const searchable = entities.map((entity) => [entity.label, ...entity.names].map(folded));

// A name that starts so comes before one with a word that does, that before one that holds it anywhere.
function find(query) {
  const wanted = folded(query.trim());
  if (!wanted) return [];
  const rank = (names) => Math.min(...names.map((name, at) => {
    const base = name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) ? 2 : name.includes(wanted) ? 4 : Infinity;
    return base + (at ? 1 : 0);
  }));
  return searchable.map((names, i) => [rank(names), i]).filter(([r]) => r < Infinity)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, i]) => i);
}

const box = byId("search");
const found = byId("found");
let active = -1;

function search() {
  const hits = find(box.value);
  const shown = hits.slice(0, FOUND_AT_MOST);
  active = shown.length ? 0 : -1;
  found.replaceChildren(...shown.map(option));
  if (!hits.length && box.value.trim()) found.append(make("li", { class: "none", role: "option", "aria-disabled": "true" }, "Nothing found"));
  byId("heard").textContent = box.value.trim() ? count(hits.length, "entity found", "entities found") : "";
  open(Boolean(found.children.length));
  mark();
}

function option(i, at) {
  const item = make("li", { role: "option", id: `found-${at}` }, sign(entities[i].type), named(entities[i].label), make("small", {}, types[entities[i].type].label));
  item.addEventListener("mousedown", (event) => event.preventDefault());
  item.addEventListener("click", () => choose(i));
  item.dataset.entity = i;
  return item;
}

function open(yes) {
  found.hidden = !yes;
  box.setAttribute("aria-expanded", String(yes));
}

function mark() {
  [...found.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
  if (active < 0) box.removeAttribute("aria-activedescendant");
  else box.setAttribute("aria-activedescendant", `found-${active}`);
  found.children[active]?.scrollIntoView({ block: "nearest" });
}

function choose(i) {
  box.value = "";
  open(false);
  selectEntity(i);
  byId("panel").focus({ preventScroll: true });
}

function searchKey(event) {
  const options = found.querySelectorAll("[data-entity]");
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps && options.length) {
    active = (active + steps[event.key] + options.length) % options.length;
    mark();
  } else if (event.key === "Enter" && active >= 0 && !found.hidden) {
    choose(Number(options[active].dataset.entity));
  } else return;
  event.preventDefault();
}

function drawLegend() {
  const chips = Object.entries(types).map(([type, { plural, count: n }]) => {
    const chip = make("button", { type: "button", class: "chip", "aria-pressed": String(!state.hidden.has(type)) },
      sign(type), plural, make("b", {}, n.toLocaleString("en")));
    chip.dataset.type = type;
    chip.addEventListener("click", () => toggle(type));
    return chip;
  });
  const all = make("button", { type: "button", class: "chip all", onclick: () => toggle(null) }, "Show all");
  byId("legend").replaceChildren(...chips, ...(state.hidden.size ? [all] : []));
}

function toggle(type) {
  if (type === null) state.hidden.clear();
  else if (!state.hidden.delete(type)) state.hidden.add(type);
  if (state.entity !== null && state.hidden.has(entities[state.entity].type)) clear();
  drawLegend();
  const next = type === null ? byId("legend").firstChild : [...byId("legend").children].find((chip) => chip.dataset.type === type);
  next.focus();
  show();
  if (state.entity === null && state.line === null) showOverview();
}

function drawTable() {
  const heads = ["Subject", "Relation", "Object or value", "Details", "Date", "Status", "Sure", "Sentence", "Source"];
  const body = make("tbody");
  const table = make("table", {},
    make("caption", {}, `${count(facts.length, "fact", "facts")}, the same as in the picture.`),
    make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))), body);
  const more = make("button", { type: "button", class: "next" }, "Show more rows");
  const append = () => {
    const from = body.children.length;
    body.append(...facts.slice(from, from + ROWS).map(tableRow));
    more.hidden = body.children.length >= facts.length;
  };
  more.addEventListener("click", append);
  append();
  byId("table").querySelector(".scroll").replaceChildren(table, more);
}

function tableRow(fact) {
  const [article, text, url] = fact.quotes.length ? quotes[fact.quotes[0]] : [null, "", null];
  const cell = (...children) => make("td", {}, ...children);
  return make("tr", {},
    cell(link(fact.s)), cell(relations[fact.p][0]), cell(fact.o === null ? fact.value : link(fact.o)),
    cell(named(fact.notes.join(" · "))), cell(fact.date ?? ""), cell(fact.modality), cell(`${Math.round(fact.confidence * 100)} %`),
    make("td", { class: "quote", dir: "auto" }, ...marked(text, wordsOf(fact))), cell(article === null ? "" : source(article, url)));
}
