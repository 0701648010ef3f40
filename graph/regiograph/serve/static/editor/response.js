// The answer as the server writes it, in the format of one's choice: to look at, to copy, to save.
import { written } from "./asking.js";
import { copying } from "./code.js";
import { button, element, select } from "./elements.js";

const ROWS = {
  json: ["SPARQL results in JSON", "application/sparql-results+json"], csv: ["CSV", "text/csv"],
  tsv: ["TSV", "text/tab-separated-values"], xml: ["SPARQL results in XML", "application/sparql-results+xml"],
};
const TRIPLES = {
  ttl: ["Turtle", "text/turtle"], nt: ["N-Triples", "application/n-triples"], jsonld: ["JSON-LD", "application/ld+json"],
  rdf: ["RDF/XML", "application/rdf+xml"],
};
const SHOWN = 100_000; // characters

const formats = ({ kind }) => (kind === "triples" ? TRIPLES : kind === "truth" ? { json: ROWS.json, xml: ROWS.xml } : ROWS);

const save = (text, type, ending) => {
  const address = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: address, download: `answer.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};

// Buttons that save an answer in the formats most asked for.
export const saving = (answer, failed) => {
  const offered = answer.kind === "triples" ? ["ttl", "jsonld"] : answer.kind === "truth" ? [] : ["csv", "json"];
  return offered.map((ending) => {
    const [, type] = formats(answer)[ending];
    const name = { jsonld: "JSON-LD", ttl: "Turtle" }[ending] || ending.toUpperCase();
    return button(name, () => written(answer.query, type).then((text) => save(text, type, ending), failed), { "aria-label": `Download as ${name}` });
  });
};

export const response = (place, answer) => {
  const all = formats(answer), read = new Map();
  const pre = element("pre", { tabindex: "0", "aria-label": "Response" }), note = element("p", { class: "legend", role: "status" });
  let chosen = Object.keys(all)[0];
  const show = async (ending) => {
    chosen = ending;
    note.textContent = "";
    try {
      if (!read.has(ending)) read.set(ending, await written(answer.query, all[ending][1]));
    } catch (error) {
      note.textContent = error.message;
      return;
    }
    if (chosen !== ending) return;
    const text = read.get(ending);
    pre.textContent = text.slice(0, SHOWN);
    if (text.length > SHOWN) note.textContent = `The first ${SHOWN.toLocaleString("en")} of ${text.length.toLocaleString("en")} characters; saved and copied is the whole.`;
  };
  if (answer.kind !== "triples") read.set("json", answer.text);
  place.replaceChildren(
    element("div", { class: "tools" },
      select("Format", Object.entries(all).map(([ending, [name]]) => [ending, name]), chosen, show),
      button("Download", () => save(read.get(chosen) || "", all[chosen][1], chosen)), copying(() => read.get(chosen) || "")),
    note, pre);
  show(chosen);
};
