// RDF terms: how SPARQL spells them, and how N-Triples are read.
const XSD = "http://www.w3.org/2001/XMLSchema#";
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };
const FORBIDDEN = /[\u0000-\u0020<>"{}|^`\\]/g;

const escaped = (text) => text.replace(/["\\\n\r\t\b\f]/g, (mark) => ESCAPES[mark]);

// An IRI in its brackets; what no IRI may have is percent-encoded, so that the text stays one term.
export const iri = (value) => `<${value.replace(FORBIDDEN, (mark) => encodeURIComponent(mark))}>`;

export const literal = (value, type) => `"${escaped(value)}"${type ? `^^<${XSD}${type}>` : ""}`;

export const datatype = (term) => {
  const whole = term.type === "literal" && term.datatype ? term.datatype : "";
  return whole.startsWith(XSD) ? whole.slice(XSD.length) : whole;
};

const NUMBERS = /^(integer|decimal|double|float|(unsigned|(non)?(Positive|Negative|positive|negative))?(Integer|Long|Int|Short|Byte)|long|int|short|byte)$/;

export const isNumber = (term) => Boolean(term && term.type === "literal" && NUMBERS.test(datatype(term)));

const TERM = /\s*(?:<([^>]*)>|_:([^\s]+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?)/y;
const NAMED = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

export const unescaped = (text) => text.replace(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/g, (_, short, long, mark) =>
  mark ? NAMED[mark] || mark : String.fromCodePoint(parseInt(short || long, 16)));

const read = (line) => {
  const [, node, blank, value, language, type] = TERM.exec(line);
  if (node !== undefined) return { type: "uri", value: unescaped(node) };
  if (blank !== undefined) return { type: "bnode", value: blank };
  return { type: "literal", value: unescaped(value), "xml:lang": language, datatype: type };
};

// The triples of N-Triples text, each as three terms in the form that SPARQL results in JSON give them.
export const triples = (text) => text.split("\n").filter((line) => line.trim()).map((line) => {
  TERM.lastIndex = 0;
  return [read(line), read(line), read(line)];
});
