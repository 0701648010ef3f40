// Completion from the ontology: classes and properties by any part of name or label, each with what it means.
import { element } from "./elements.js";

const MOST = 40;

const rank = (term, wanted) => {
  const name = term.name.toLowerCase(), local = name.slice(name.indexOf(":") + 1);
  if (name.startsWith(wanted) || local.startsWith(wanted)) return 0;
  return local.includes(wanted) || term.label.toLowerCase().includes(wanted) ? 1 : 2;
};

const matching = (terms, token) => {
  const wanted = token.string.trim().toLowerCase();
  return terms.map((term) => [rank(term, wanted), term.name]).filter(([at]) => at < 2)
    .sort(([one], [other]) => one - other).slice(0, MOST).map(([, name]) => name);
};

const shown = (term) => (place) => place.append(
  element("b", {}, term.name), element("span", {}, term.label), element("small", {}, term.comment));

export const completing = (Yasqe, { terms, prefixes }) => {
  const byName = new Map(terms.map((term) => [term.name, term]));
  for (const kind of ["class", "property"]) {
    const ours = terms.filter((term) => term.kind === kind);
    Yasqe.forkAutocompleter(kind, {
      name: kind,
      autoShow: true,
      get: (_, token) => matching(ours, token),
      preProcessToken: (_, token) => token,
      postProcessSuggestion: (_, __, name) => name,
      postprocessHints: (_, hints) => hints.map((hint) => ({ ...hint, render: shown(byName.get(hint.text)) })),
    });
  }
  const declared = Object.entries(prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`).sort();
  Yasqe.forkAutocompleter("prefixes", { name: "prefixes", get: () => declared, persistenceId: null });
  Yasqe.defaults.autocompleters = ["prefixes", "class", "property", "variables"];
};
