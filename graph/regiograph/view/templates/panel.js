// The panel beside the picture: an overview, an entity, or the facts behind one line.

const LISTED = 60;

function showOverview() {
  const connected = entities.map((_, i) => i).filter((i) => linesOf[i].length && !state.hidden.has(entities[i].type));
  const others = entities.map((_, i) => i).filter((i) => !linesOf[i].length && !state.hidden.has(entities[i].type));
  const drawn = data.nodes.filter((node) => !node.hidden).length;
  fill(
    make("h2", {}, "Who, where, what"),
    make("p", { class: "lead" }, "Choose an entity here or in the picture to read its facts, each with the sentence it comes from."),
    drawn < entities.length ? make("p", { class: "lead" }, `The ${drawn} best connected of ${entities.length.toLocaleString("en")} entities are drawn; search brings up the others.`) : null,
    ...section("Best connected", connected),
    ...section("Without a relation", others),
  );
}

function section(title, members) {
  if (!members.length) return [];
  const list = make("ul", { class: "list" });
  extend(list, members, (i) => make("li", {}, entityRow(i)));
  return [make("h3", {}, `${title} `, make("b", {}, members.length.toLocaleString("en"))), list];
}

// Append rows in portions, the next one on demand.
function extend(list, members, row, from = 0) {
  list.append(...members.slice(from, from + LISTED).map(row));
  const rest = members.length - from - LISTED;
  if (rest <= 0) return;
  const more = make("button", { type: "button", class: "plain" }, `Show ${Math.min(rest, LISTED)} more of ${rest}`);
  const item = make("li", {}, more);
  more.addEventListener("click", () => {
    item.remove();
    extend(list, members, row, from + LISTED);
    list.children[from + LISTED]?.querySelector("button")?.focus();
  });
  list.append(item);
}

function entityRow(i) {
  const n = neighbours(i).size;
  return make("button", { type: "button", class: "row", onclick: () => selectEntity(i) },
    sign(entities[i].type), named(entities[i].label, { title: entities[i].label }), make("small", {}, n ? count(n, "link", "links") : types[entities[i].type].label));
}

function showEntity(i) {
  const entity = entities[i];
  const names = entity.names.flatMap((name, at) => [at ? ", " : "Also: ", named(name)]);
  fill(
    heading(entity.type, types[entity.type].label),
    make("h2", {}, named(entity.label)),
    names.length ? make("p", { class: "names" }, ...names) : null,
    make("p", { class: "lead" }, `${count(factsOf[i].length, "fact", "facts")} · in ${count(entity.articles, "article", "articles")}`),
    ...grouped(i),
  );
}

function showLine(id) {
  const line = lines[id];
  const [there] = relations[facts[line.facts[0]].p];
  const end = (i) => make("p", { class: "what" }, sign(entities[i].type), link(i));
  fill(
    heading(null, "Relation"),
    end(line.from), make("h2", {}, there), end(line.to),
    make("h3", {}, count(line.facts.length, "fact", "facts")),
    ...line.facts.map((at) => factCard(facts[at], null)),
  );
}

function heading(type, words) {
  const close = make("button", { type: "button", class: "plain close", onclick: clear }, "Back to overview");
  return make("p", { class: "kind" }, type ? sign(type) : null, words, close);
}

// Facts by relation and direction, the group with most facts first.
function grouped(i) {
  const groups = new Map();
  for (const at of factsOf[i]) {
    const fact = facts[at];
    const title = relations[fact.p][fact.s === i ? 0 : 1];
    if (!groups.has(title)) groups.set(title, []);
    groups.get(title).push(fact);
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length).flatMap(([title, members]) => {
    const list = make("ul");
    members.sort((a, b) => (a.sort < b.sort ? 1 : a.sort > b.sort ? -1 : 0));
    extend(list, members, (fact) => make("li", {}, factCard(fact, i)));
    return [make("h3", {}, `${title} `, make("b", {}, String(members.length))), list];
  });
}

const link = (i) => make("button", { type: "button", class: "plain", onclick: () => selectEntity(i) }, named(entities[i].label));

// `from` is the entity on whose panel the fact stands, so that only the other end is named.
function factCard(fact, from) {
  const other = from === null ? null : fact.s === from ? fact.o : fact.s;
  const [first, ...rest] = fact.notes;
  const indicator = fact.p === "hasIndicator" && first ? `${first}: ` : "";
  const notes = (indicator ? rest : fact.notes).join(" · ");
  const what = other !== null ? [sign(entities[other].type), link(other)] : fact.value ? [make("strong", {}, indicator + fact.value)] : [];
  return make("div", { class: "fact" },
    what.length ? make("div", { class: "what" }, ...what) : null,
    notes ? make("div", { class: "notes" }, named(notes)) : null,
    about(fact),
    ...evidence(fact),
  );
}

function about(fact) {
  const percent = Math.round(fact.confidence * 100);
  const bar = svg("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, svg("rect", { width: percent, height: 10 }));
  return make("div", { class: "about" },
    fact.modality === "asserted" ? null : make("span", { class: "plan" }, fact.modality),
    fact.date ? make("span", {}, fact.date) : null,
    make("span", { class: "sure" }, bar, `${percent} % sure`),
  );
}

function evidence(fact) {
  const [first, ...rest] = fact.quotes;
  if (first === undefined) return [];
  if (!rest.length) return [quotation(first, fact)];
  const more = make("details", { class: "more" }, make("summary", {}, count(rest.length, "more source", "more sources")));
  more.addEventListener("toggle", () => rest.splice(0).forEach((at) => more.append(quotation(at, fact))));
  return [quotation(first, fact), more];
}

function quotation(at, fact) {
  const [article, text, url] = quotes[at];
  return make("figure", {}, make("blockquote", { dir: "auto" }, ...marked(text, wordsOf(fact))), source(article, url));
}

function source(article, url) {
  const [title, date, publisher] = articles[article];
  const told = [date, publisher].filter(Boolean).map((words) => ` · ${words}`).join("");
  if (!url) return make("figcaption", {}, named(title), told);
  const open = make("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: "Open the source at this sentence" }, named(title));
  return make("figcaption", {}, open, told);
}

// The words of a quote that the fact is about: the names of its ends, and what qualifies it.
function wordsOf(fact) {
  const ends = [fact.s, fact.o].filter((i) => i !== null).flatMap((i) => [entities[i].label, ...entities[i].names]);
  return [...ends, ...fact.notes, ...fact.said, ...(fact.value ? [fact.value] : []), ...(fact.date ? [fact.date] : [])];
}

function marked(text, words) {
  const needles = [...new Set(words)].filter((word) => word.length > 1).sort((a, b) => b.length - a.length);
  const escaped = needles.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&").replace(/\s+/gu, "\\s+"));
  if (!escaped.length) return [text];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${escaped.join("|")})(?![\\p{L}\\p{N}])`, "giu");
  return text.split(pattern).map((part, i) => (i % 2 ? make("mark", {}, part) : part));
}

function fill(...children) {
  byId("content").replaceChildren(...children.filter((child) => child !== null));
  byId("panel").scrollTop = 0;
}
