// Who is tied to whom in an answer: of triples what they say, of rows what stands in one row.
import { columns, words } from "./columns.js";
import { isEntity, known, look, relation } from "./known.js";

const LABELS = new Set([`${known.prefixes.rdfs}label`, `${known.prefixes.skos}prefLabel`]);
const TYPE = `${known.prefixes.rdf}type`;
const SAYS = ["relation", "predicate"];

class Ties {
  constructor() {
    this.nodes = new Map();
    this.edges = new Map();
  }

  node(iri, label) {
    if (!this.nodes.has(iri)) this.nodes.set(iri, { iri, label: null, degree: 0 });
    if (label) this.nodes.get(iri).label = label;
  }

  edge(from, to, label) {
    const key = JSON.stringify([from, to, label]);
    if (from === to || this.edges.has(key)) return;
    this.edges.set(key, { from, to, label });
    this.nodes.get(from).degree += 1;
    this.nodes.get(to).degree += 1;
  }
}

const ofTriples = (ties, rows) => {
  const names = new Map(rows.filter(([, p]) => LABELS.has(p.value)).map(([s, , o]) => [s.value, o.value]));
  for (const [s, p, o] of rows) {
    if (o.type === "literal" || p.value === TYPE) continue;
    for (const each of [s, o]) ties.node(each.value, names.get(each.value));
    ties.edge(s.value, o.value, relation(p.value.replace(/^.*[#/]/, "")));
  }
  for (const [iri, label] of names) if (look(iri)) ties.node(iri, label);
};

// One side of a row is its first entity; where a row names but one, what the question was asked about is the other side.
const ofRows = (ties, answer, anchors) => {
  const shown = columns(answer), entities = shown.filter((column) => column.entity);
  const says = shown.find((column) => SAYS.includes(column.name));
  for (const row of answer.rows) {
    const met = entities.filter((column) => isEntity(row[column.i]));
    met.forEach((column) => ties.node(row[column.i].value, words(row, column)));
    const [first, ...others] = met;
    for (const other of others) {
      const label = says && row[says.i] && others.length === 1 ? relation(row[says.i].value.replace(/^.*[#/]/, "")) : other.name;
      ties.edge(row[first.i].value, row[other.i].value, label);
    }
    if (!first || entities.length > 1) continue;
    for (const { iri, name, label } of anchors) {
      ties.node(iri, label);
      ties.edge(iri, row[first.i].value, first.name === name ? "" : first.name);
    }
  }
};

// The best connected nodes of an answer, `most` of them, and the edges among these by their numbers.
export const ties = (answer, anchors, most) => {
  const all = new Ties();
  if (answer.kind === "triples") ofTriples(all, answer.rows);
  else ofRows(all, answer, anchors.filter(({ iri }) => look(iri)));
  const sorted = [...all.nodes.values()].sort((one, other) => other.degree - one.degree || (one.iri < other.iri ? -1 : 1));
  const nodes = sorted.slice(0, most), numbers = new Map(nodes.map((node, i) => [node.iri, i]));
  const edges = [...all.edges.values()].filter(({ from, to }) => numbers.has(from) && numbers.has(to))
    .map(({ from, to, label }) => ({ from: numbers.get(from), to: numbers.get(to), label }));
  return { nodes, edges, left: sorted.length - nodes.length };
};
