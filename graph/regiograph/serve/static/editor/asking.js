// Asks the endpoint, and turns what it says into an answer: rows, triples, yes or no, or an error in words.
import { triples } from "./terms.js";

const ROWS = "application/sparql-results+json", TRIPLES = "application/n-triples";

const sent = (query, accept, signal) => {
  const headers = { Accept: accept, "Content-Type": "application/sparql-query; charset=utf-8" };
  return fetch("/sparql", { method: "POST", headers, body: query, signal });
};

// The answer as it is written in one format: its text, or an error.
export const written = async (query, format) => {
  const response = await sent(query, format);
  const text = await response.text();
  if (!response.ok) throw new Error(text.trim());
  return text;
};

const WORDS = {
  413: "The answer is too large. ",
  503: "The server has too much to do. ",
  504: "That takes too long. ",
};

const refused = async (response) => {
  const words = (await response.text()).trim();
  const line = response.status === 400 ? /^the query, line (\d+)/.exec(words) : null;
  const message = words.replace(/^./, (first) => first.toUpperCase());
  return { kind: "error", title: WORDS[response.status] || "", message, line: line ? Number(line[1]) : null };
};

const table = (body, text) => {
  const columns = body.head.vars;
  const rows = body.results.bindings.map((row) => columns.map((name) => row[name] || null));
  return { kind: "rows", columns, rows, text };
};

const answered = (text, type) => {
  if (type.startsWith(TRIPLES))
    return { kind: "triples", columns: ["subject", "predicate", "object"], rows: triples(text), text };
  const body = JSON.parse(text);
  return typeof body.boolean === "boolean" ? { kind: "truth", value: body.boolean, text } : table(body, text);
};

export const ask = async (query, signal) => {
  const began = performance.now();
  const response = await sent(query, `${ROWS}, ${TRIPLES};q=0.9`, signal);
  if (!response.ok) return refused(response);
  const text = await response.text();
  const answer = answered(text, response.headers.get("Content-Type") || "");
  const truncated = response.status === 206 || response.headers.has("Regiograph-Truncated");
  return { ...answer, query, truncated, seconds: (performance.now() - began) / 1000 };
};
