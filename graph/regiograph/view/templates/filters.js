// Which facts are to be seen. Types are hidden one by one, and so are relations; the other filters narrow.

const WHOLE = [-Infinity, Infinity];
const filters = { types: new Set(), relations: new Set(), years: WHOLE, sure: 0, status: "", article: null, text: "" };
const kept = { facts: new Uint8Array(facts.length).fill(1), entities: null };

const narrowed = () => [
  filters.relations.size > 0, filters.years !== WHOLE, filters.sure > 0, filters.status !== "", filters.article !== null, filters.text !== "",
].filter(Boolean).length;

const filterable = facts.map(() => null);

// What a word may be looked for in: names, notes, value and sentences of a fact.
function words(i) {
  const fact = facts[i];
  const ends = [fact.s, fact.o].filter((end) => end !== null).flatMap((end) => [entities[end].label, ...entities[end].names]);
  filterable[i] ??= folded([...ends, ...fact.notes, fact.value ?? "", ...fact.quotes.map((at) => quotes[at][1])].join("\n"));
  return filterable[i];
}

const within = ([first, last], [from, to]) => first <= to && (last ?? Infinity) >= from;

// A fact without a year is left out only when years are asked for.
function passes(i, { years = filters.years } = {}) {
  const fact = facts[i];
  return !filters.relations.has(fact.p)
    && (years === WHOLE || (fact.years !== null && within(fact.years, years)))
    && fact.confidence >= filters.sure / 100
    && (!filters.status || (filters.status === "told") === (fact.modality === "asserted"))
    && (filters.article === null || fact.quotes.some((at) => quotes[at][0] === filters.article))
    && (!filters.text || words(i).includes(folded(filters.text)));
}

const typed = ({ s, o }) => !filters.types.has(entities[s].type) && (o === null || !filters.types.has(entities[o].type));

function applyFilters() {
  const active = narrowed() > 0;
  kept.entities = active ? new Uint8Array(entities.length) : null;
  facts.forEach((fact, i) => {
    const pass = typed(fact) && (!active || passes(i));
    kept.facts[i] = pass ? 1 : 0;
    if (pass && active) {
      kept.entities[fact.s] = 1;
      if (fact.o !== null) kept.entities[fact.o] = 1;
    }
  });
}

const isKept = (i) => !filters.types.has(entities[i].type) && (kept.entities === null || kept.entities[i] === 1);
const keptFacts = (line) => line.facts.filter((i) => kept.facts[i]);
const isJoining = (line) => line.facts.some((i) => kept.facts[i]);

// The same in the address, and back; what an address says that the page does not know is passed over.
function filterWords() {
  const said = new URLSearchParams();
  if (filters.types.size) said.set("hide", [...filters.types].sort().join(","));
  if (filters.relations.size) said.set("without", [...filters.relations].sort().join(","));
  if (filters.years !== WHOLE) said.set("years", filters.years.map((year) => (Number.isFinite(year) ? year : "")).join("/"));
  if (filters.sure) said.set("sure", filters.sure);
  if (filters.status) said.set("status", filters.status);
  if (filters.article !== null) said.set("article", articles[filters.article][3]);
  if (filters.text) said.set("text", filters.text);
  return said;
}

function readFilters(said) {
  const listed = (name, known) => new Set((said.get(name) ?? "").split(",").filter((word) => Object.hasOwn(known, word)));
  filters.types = listed("hide", types);
  filters.relations = listed("without", relations);
  filters.years = readYears(said.get("years"));
  filters.sure = Math.min(Math.max(Math.round(Number(said.get("sure"))) || 0, 0), 100);
  filters.status = ["told", "planned"].includes(said.get("status")) ? said.get("status") : "";
  const article = articles.findIndex((known) => known[3] === said.get("article"));
  filters.article = article < 0 ? null : article;
  filters.text = (said.get("text") ?? "").slice(0, 200);
}

function readYears(said) {
  const [, from, to] = said?.match(/^(\d{1,4})?\/(\d{1,4})?$/u) ?? [];
  return from || to ? [from ? Number(from) : -Infinity, to ? Number(to) : Infinity] : WHOLE;
}
