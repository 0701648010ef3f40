// Fields for the parameters of a question. The text is what counts: a field shows, and changes, its `VALUES ?x { … }`.
import { ask } from "./asking.js";
import { button, element } from "./elements.js";
import { compact, known, relation } from "./known.js";
import { lookup } from "./lookup.js";
import { iri, literal, unescaped } from "./terms.js";

const ONTOLOGY = known.prefixes.rg;
const VALUE = String.raw`(UNDEF|<[^<>]*>|"(?:[^"\\]|\\.)*"(?:\^\^<[^<>]*>|@[\w-]+)?)`;
const DATES = [[/^\d{4}$/, "gYear"], [/^\d{4}-\d\d$/, "gYearMonth"], [/^\d{4}-\d\d-\d\d$/, "date"]];

const dated = (words) => {
  const found = DATES.find(([pattern]) => pattern.test(words));
  return found ? literal(words, found[1]) : null;
};
const SPELLED = {
  text: (words) => literal(words),
  integer: (words) => (/^[+-]?\d+$/.test(words) ? literal(String(BigInt(words.replace("+", ""))), "integer") : null),
  decimal: (words) => (/^[+-]?\d+(\.\d+)?$/.test(words) ? literal(words.replace("+", ""), "decimal") : null),
  date: dated,
  year: (words) => (/^\d{4}$/.test(words) ? literal(words, "gYear") : null),
  relation: (words) => iri(ONTOLOGY + words),
  modality: (words) => iri(ONTOLOGY + words),
};
const HINTS = {
  integer: "A whole number", decimal: "A number such as 0.6", year: "A year such as 2015",
  date: "A date as precise as you like: 2015, 2015-06 or 2015-06-08",
};

// The places of a parameter in the text: offsets of its value.
const places = (text, name) => [...text.matchAll(new RegExp(String.raw`(\bVALUES\s+[?$]${name}\s*\{\s*)${VALUE}\s*\}`, "gi"))]
  .map((match) => ({ start: match.index + match[1].length, end: match.index + match[1].length + match[2].length, value: match[2] }));

// The IRIs that the text holds for its parameters, each under its name.
export const anchors = (text) => [...text.matchAll(new RegExp(String.raw`\bVALUES\s+[?$](\w+)\s*\{\s*<([^<>]*)>\s*\}`, "gi"))]
  .map(([, name, value]) => ({ name, iri: value }));

const label = (parameter) => {
  const name = parameter.name.replaceAll("_", " ");
  return [element("b", {}, name), parameter.optional ? element("small", {}, " optional") : null];
};

class Field {
  constructor(parameter, editor) {
    this.parameter = parameter;
    this.editor = editor;
    this.id = `parameter-${parameter.name}`;
    this.names = new Map();
    const given = {
      id: this.id, required: !parameter.optional, "aria-describedby": `${this.id}-means`,
      placeholder: `e.g. ${parameter.example}`,
    };
    const whole = this.control(given);
    this.shown = element("div", { class: "field" }, element("label", { for: this.id }, label(parameter)), whole,
      element("p", { id: `${this.id}-means` }, parameter.meaning));
  }

  control(given) {
    const { type } = this.parameter;
    if (type === "entity") {
      const made = lookup(given, (chosen) => {
        if (chosen) this.names.set(chosen, made.input.value);
        this.put(chosen ? iri(chosen) : "UNDEF");
      });
      this.input = made.input;
      return made.whole;
    }
    if (type === "relation" || type === "modality") {
      const values = type === "relation" ? Object.keys(known.relations) : known.modalities;
      const options = values.map((value) => element("option", { value }, relation(value)));
      this.input = element("select", { ...given, placeholder: null }, element("option", { value: "" }, "any"), options);
      this.input.addEventListener("change", () => this.typed());
      return this.input;
    }
    this.input = element("input", { ...given, type: "text", autocomplete: "off", spellcheck: "false" });
    this.input.addEventListener("input", () => this.typed());
    return this.input;
  }

  typed() {
    const words = this.input.value.trim();
    const spelled = words ? SPELLED[this.parameter.type](words) : "UNDEF";
    this.input.setCustomValidity(spelled === null ? `${HINTS[this.parameter.type]}.` : "");
    if (spelled !== null) this.put(spelled);
  }

  put(spelled) {
    for (const { start, end } of places(this.editor.text, this.parameter.name).reverse())
      this.editor.replace(start, end, spelled);
  }

  // Show what the text holds; a parameter that the text no longer has cannot be filled in.
  follow(text) {
    const found = places(text, this.parameter.name);
    this.input.disabled = found.length === 0;
    if (document.activeElement === this.input || !found.length) return;
    const value = found[0].value;
    this.input.setCustomValidity("");
    if (value === "UNDEF") this.input.value = "";
    else if (value.startsWith("<")) this.input.value = this.told(value.slice(1, -1));
    else this.input.value = unescaped(/^"((?:[^"\\]|\\.)*)"/.exec(value)[1]);
  }

  told(value) {
    if (this.parameter.type !== "entity") return value.replace(ONTOLOGY, "");
    if (!this.names.has(value)) this.learn(value);
    return this.names.get(value);
  }

  async learn(value) {
    this.names.set(value, compact(value));
    const answer = await ask(`SELECT ?name { ${iri(value)} rdfs:label ?name } LIMIT 1`);
    if (!answer.rows?.length) return;
    this.names.set(value, answer.rows[0][0].value);
    this.follow(this.editor.text);
  }
}

export class Filling {
  constructor(place, editor) {
    this.place = place;
    this.editor = editor;
    this.fields = [];
    editor.changed(() => this.follow());
  }

  // Show a question's fields; null shows none.
  show(question) {
    this.fields = question ? question.parameters.map((parameter) => new Field(parameter, this.editor)) : [];
    this.place.hidden = !question;
    if (!question) return;
    this.place.replaceChildren(
      element("h2", {}, question.title), button("×", () => this.show(null), { class: "close", "aria-label": "Hide the question" }),
      element("p", {}, question.description), element("div", { class: "fields" }, this.fields.map((field) => field.shown)));
    this.follow();
  }

  follow() {
    const text = this.editor.text;
    this.fields.forEach((field) => field.follow(text));
  }

  // The name by which an entity was chosen; null where it was not chosen here.
  named(iri) {
    return this.fields.map((field) => field.names.get(iri)).find(Boolean) || null;
  }

  // Whether all that is needed is filled in; where not, the browser points at it.
  complete() {
    return this.fields.every((field) => field.input.disabled || field.input.reportValidity());
  }
}
