// The query as a command and as a program, each quoted as its language wants it.
import { button, element } from "./elements.js";

const shell = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

const python = (text) => {
  const safe = text.replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"').replace(/"$/, '\\"')
    .replaceAll("\r", "\\r").replaceAll("\0", "\\x00");
  return `"""${safe}"""`;
};

const TYPES = {
  rows: ["text/csv", "JSON", '\nfor row in answer["results"]["bindings"]:\n    print({name: cell["value"] for name, cell in row.items()})'],
  truth: ["application/sparql-results+json", "JSON", '\nprint(answer["boolean"])'],
  triples: ["text/turtle", "TURTLE", "\nprint(answer.decode())"],
};

export const curl = (query, endpoint, kind) =>
  `curl ${shell(endpoint)} -H 'Accept: ${TYPES[kind][0]}' --data-urlencode ${shell(`query=${query}`)}`;

export const wrapper = (query, endpoint, kind) => `from SPARQLWrapper import ${TYPES[kind][1]}, POST, SPARQLWrapper

endpoint = SPARQLWrapper(${JSON.stringify(endpoint)})
endpoint.setMethod(POST)
endpoint.setReturnFormat(${TYPES[kind][1]})
endpoint.setQuery(${python(query)})
answer = endpoint.queryAndConvert()${TYPES[kind][2]}
`;

export const opened = (query, endpoint) => `import regiograph

with regiograph.open(${JSON.stringify(endpoint)}) as graph:
    table = graph.query(${python(query)}).to_pandas()
print(table)
`;

// The clipboard is there on this machine and over https alone.
export const copying = (text) => navigator.clipboard && button("Copy", async (event) => {
  const pressed = event.currentTarget;
  await navigator.clipboard.writeText(text());
  pressed.textContent = "Copied";
  setTimeout(() => { pressed.textContent = "Copy"; }, 1500);
});

const block = (title, told, text) => element("section", { class: "code" },
  element("h3", {}, title), copying(() => text), told ? element("p", {}, told) : null,
  element("pre", { tabindex: "0", "aria-label": title }, element("code", {}, text)));

export const code = (place, answer) => {
  const endpoint = `${location.origin}/sparql`;
  place.replaceChildren(
    block("curl", null, curl(answer.query, endpoint, answer.kind)),
    block("Python, with SPARQLWrapper", null, wrapper(answer.query, endpoint, answer.kind)),
    ...(answer.kind === "rows" ? [block("Python, with regiograph", "A table for pandas; a store's folder opens in the same way.", opened(answer.query, endpoint))] : []));
};
