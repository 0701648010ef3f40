// What the page brings along: the catalogue, the ontology, the looks of types, and where IRIs lead.
import { drawn, element } from "./elements.js";

export const known = JSON.parse(document.getElementById("known").textContent);

const namespaces = Object.entries(known.prefixes);
const WEB = /^https?:\/\/[^/?#@\s]+(?:[/?#]|$)/i;

// The address at which an IRI is told of, null where that is no page: one of ours lies on this site.
export const address = (iri) => {
  if (iri.startsWith(known.base))
    return "/id/" + encodeURI(iri.slice(known.base.length)).replace(/[?#]/g, encodeURIComponent);
  return WEB.test(iri) ? iri : null;
};

export const compact = (iri) => {
  if (iri.startsWith(known.base)) return iri.slice(known.base.length);
  const [prefix, namespace] = namespaces.find(([, each]) => iri.startsWith(each)) || [];
  return prefix && /^[\w-]+$/.test(iri.slice(namespace.length)) ? `${prefix}:${iri.slice(namespace.length)}` : iri;
};

const folder = (iri) => (iri.startsWith(known.base) ? iri.slice(known.base.length).split("/")[0] : "");

export const look = (iri) => (Object.hasOwn(known.looks, folder(iri)) ? known.looks[folder(iri)] : null);

export const isEntity = (term) => Boolean(term && term.type === "uri" && look(term.value));

export const sign = (iri) => {
  const seen = look(iri);
  return seen && drawn("svg", { class: "sign", viewBox: "-1.3 -1.3 2.6 2.6", "aria-hidden": "true" },
    drawn("path", { fill: seen.colour, "fill-rule": "evenodd", d: seen.path }));
};

// A name that leads to its page, with the sign of its type; only what is a page is a link.
export const named = (iri, label) => {
  const to = address(iri);
  const away = to && !to.startsWith("/") ? "noopener noreferrer" : null;
  const words = label || compact(iri);
  return element("span", { class: "name", title: iri }, sign(iri),
    to ? element("a", { href: to, rel: away }, words) : words);
};

export const relation = (name) => (Object.hasOwn(known.relations, name) ? known.relations[name] : name);
