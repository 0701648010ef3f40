// The panel beside the picture: an overview, an entity, or the facts behind one line.

const LISTED = 60;
const differs = new Map(data.differing.flatMap(({ facts: told }, i) => told.map((at) => [facts[at], i])));

function showOverview() {
  const listed = entities.map((_, i) => i).filter(isKept);
  const connected = listed.filter((i) => linesOf[i].some(isJoining));
  const others = listed.filter((i) => !linesOf[i].some(isJoining));
  const drawn = data.nodes.filter((node) => !node.hidden).length;
  fill(
    make("h2", {}, "Who, where, what"),
    make("p", { class: "lead" }, "Choose an entity here or in the picture to read its facts, each with the sentence it comes from."),
    folding && !state.best ? make("p", { class: "lead" }, `${entities.length.toLocaleString("en")} entities are folded into groups, each named after its most important member. Choose a group to open it.`) : null,
    drawn < entities.length && !(folding && !state.best) ? make("p", { class: "lead" }, `The ${drawn} best connected of ${entities.length.toLocaleString("en")} entities are drawn; search brings up the others.`) : null,
    stageSwitch(),
    ...storySection(),
    ...groupSection(),
    ...brokerSection("Who ties regions", (broker) => !broker.groups),
    ...brokerSection("Who ties groups", (broker) => broker.groups),
    ...differingSection(),
    ...section("Best connected", connected),
    ...section("Without a relation", others),
  );
}

function storySection() {
  if (!data.story.length) return [];
  const steps = data.story.map(({ title }, i) => make("li", {}, make("button", { type: "button", class: "row", onclick: () => select({ step: i }) }, make("b", { class: "number" }, String(i + 1)), make("span", { class: "name" }, title))));
  return [make("h3", {}, "The story in the data"), make("ol", { class: "list" }, ...steps)];
}

function showStep(at) {
  const { title, text, facts: told } = data.story[at];
  const step = (to, words) => make("button", { type: "button", class: "turn", onclick: () => select({ step: to }), ...(data.story[to] ? {} : { disabled: "" }) }, words);
  fill(
    heading(null, `Story, ${at + 1} of ${data.story.length}`),
    make("h2", {}, title),
    make("p", { class: "text" }, text),
    make("p", { class: "turns" }, step(at - 1, "Back"), step(at + 1, "Next")),
    ...listOf(told.slice().sort(newestFirst), wholeCard),
  );
}

function groupSection() {
  if (groups.length < 2) return [];
  const rows = groups.map((group, i) => make("button", { type: "button", class: "row", onclick: () => select({ group: i }) }, groupSign(i), make("span", { class: "name", title: group.name }, named(group.name)), make("small", {}, count(group.members.length, "entity", "entities"))));
  const list = make("ul", { class: "list" });
  extend(list, rows, (row) => make("li", {}, row), 0, 6);
  const paint = make("button", { type: "button", class: "plain", id: "paint", "aria-pressed": String(state.byGroup), onclick: paintGroups }, state.byGroup ? "Colour by type" : "Colour by group");
  return [make("h3", {}, "Groups that hang together ", make("b", {}, String(groups.length)), paint), list];
}

function groupSign(i) {
  return svg("svg", { class: "sign", viewBox: "-1.2 -1.2 2.4 2.4", "aria-hidden": "true" }, svg("circle", { r: 0.8, fill: groupColour(i) }));
}

function paintGroups() {
  state.byGroup = !state.byGroup;
  changed();
  byId("paint")?.focus();
}

function showGroup(at) {
  const { name, members, places } = groups[at];
  const list = make("ul", { class: "list" });
  extend(list, members.filter(isKept), (i) => make("li", {}, entityRow(i)));
  fill(heading(null, "Group"), make("h2", {}, named(name)), make("p", { class: "lead" }, `${count(members.length, "entity", "entities")} more tied to one another than to others.${folding && places?.length < members.length ? ` The ${places.length} most important are drawn.` : ""}`), list);
}

function brokerSection(title, wanted) {
  const row = ({ entity, words }, i) => make("button", { type: "button", class: "row two", onclick: () => select({ broker: i }) }, sign(entities[entity].type), make("span", { class: "name" }, named(entities[entity].label), make("small", {}, words)));
  const rows = data.brokers.flatMap((broker, i) => (wanted(broker) && isKept(broker.entity) ? [make("li", {}, row(broker, i))] : []));
  return rows.length ? [make("h3", {}, title), make("ul", { class: "list" }, ...rows)] : [];
}

function showBroker(at) {
  const { entity, text, facts: told } = data.brokers[at];
  fill(heading(entities[entity].type, "Broker"), make("h2", {}, link(entity)), make("p", { class: "text" }, text), ...listOf(told.filter((i) => kept.facts[i]), wholeCard));
}

function differingSection() {
  const rows = data.differing.flatMap(({ about, text }, i) => (isKept(about) ? [make("li", {}, make("button", { type: "button", class: "row two", onclick: () => select({ differing: i }) }, sign(entities[about].type), named(text)))] : []));
  if (!rows.length) return [];
  const list = make("ul", { class: "list" });
  extend(list, rows, (row) => row, 0, 6);
  return [make("h3", {}, "Where articles differ ", make("b", {}, String(rows.length))), list];
}

function showDiffering(at) {
  const { about, text, facts: told } = data.differing[at];
  fill(
    heading(entities[about].type, "Articles differ"),
    make("h2", {}, link(about)),
    make("p", { class: "text" }, named(text), ". Which is right, or whether one has overtaken the other, is for you to judge."),
    ...listOf(told.filter((i) => kept.facts[i]).sort(newestFirst), wholeCard),
  );
}

const newestFirst = (a, b) => (facts[a].sort < facts[b].sort ? 1 : facts[a].sort > facts[b].sort ? -1 : a - b);

function listOf(told, card) {
  const list = make("ul");
  extend(list, told, (at) => make("li", {}, card(facts[at])));
  return [list];
}

const yearFacts = (bin) => facts.map((_, i) => i).filter((i) => kept.facts[i] && startsIn(i, bin));

function showYears(bin) {
  const told = yearFacts(bin);
  fill(heading(null, "Timeline"), make("h2", {}, binWords(bin)), make("p", { class: "lead" }, count(told.length, "fact", "facts")), ...listOf(told.sort(newestFirst).reverse(), wholeCard));
}

function section(title, members) {
  if (!members.length) return [];
  const list = make("ul", { class: "list" });
  extend(list, members, (i) => make("li", {}, entityRow(i)));
  return [make("h3", {}, `${title} `, make("b", {}, members.length.toLocaleString("en"))), list];
}

// Append rows in portions, the next one on demand.
function extend(list, members, row, from = 0, portion = LISTED) {
  list.append(...members.slice(from, from + portion).map(row));
  const rest = members.length - from - portion;
  if (rest <= 0) return;
  const more = make("button", { type: "button", class: "plain" }, `Show ${Math.min(rest, LISTED)} more of ${rest}`);
  const item = make("li", {}, more);
  more.addEventListener("click", () => {
    item.remove();
    extend(list, members, row, from + portion);
    list.children[from + portion]?.querySelector("button")?.focus();
  });
  list.append(item);
}

function entityRow(i) {
  const n = neighbours(i).size;
  return make("button", { type: "button", class: "row", onclick: () => select({ entity: i }) },
    sign(entities[i].type), named(entities[i].label, { title: entities[i].label }), make("small", {}, n ? count(n, "link", "links") : types[entities[i].type].label));
}

function showEntity(i) {
  const entity = entities[i];
  const names = entity.names.flatMap((name, at) => [at ? ", " : "Also: ", named(name)]);
  fill(
    heading(entity.type, types[entity.type].label),
    make("h2", {}, named(entity.label)),
    names.length ? make("p", { class: "names" }, ...names) : null,
    make("p", { class: "lead" }, `${count(factsOf[i].length, "fact", "facts")} · in ${count(entity.articles, "article", "articles")}`, groupLink(entity.group)),
    linesOf[i].length ? nearby(i) : null,
    leftOut(i),
    ...grouped(i),
  );
}

function groupLink(group) {
  if (group === null || groups.length < 2) return null;
  return make("span", {}, " · ", make("button", { type: "button", class: "plain", onclick: () => select({ group }) }, `group of ${groups[group].name}`));
}

// How far the picture stays bright around an entity, and the way to another one.
function nearby(i) {
  const step = (steps) => make("button", { type: "button", "aria-pressed": String(state.steps === steps), onclick: () => { select({ entity: i, steps }); byId("content").querySelector(".steps [aria-pressed=true]").focus(); } }, String(steps));
  return make("div", { class: "nearby" }, make("div", { class: "steps", role: "group", "aria-label": "Steps around it" }, make("span", {}, "Steps"), step(1), step(2), step(3)), pathField(i));
}

function leftOut(i) {
  const out = factsOf[i].filter((at) => !kept.facts[at]).length;
  return out ? make("p", { class: "lead" }, `${count(out, "fact is", "facts are")} left out by the filters. `, make("button", { type: "button", class: "plain", onclick: clearFilters }, "Clear filters")) : null;
}

function showLine(id) {
  const line = lines[id];
  const [there] = relations[facts[line.facts[0]].p];
  const end = (i) => make("p", { class: "what" }, sign(entities[i].type), link(i));
  fill(
    heading(null, "Relation"),
    end(line.from), make("h2", {}, there), end(line.to),
    make("h3", {}, count(keptFacts(line).length, "fact", "facts")),
    ...listOf(keptFacts(line), (fact) => factCard(fact, null)),
  );
}

function heading(type, words) {
  const close = make("button", { type: "button", class: "plain close", onclick: () => select({}) }, "Back to overview");
  return make("p", { class: "kind" }, type ? sign(type) : null, words, close);
}

// Facts by relation and direction, the group with most facts first.
function grouped(i) {
  const groups = new Map();
  for (const at of factsOf[i].filter((one) => kept.facts[one])) {
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

const link = (i) => make("button", { type: "button", class: "plain", onclick: () => select({ entity: i }) }, named(entities[i].label));

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

// A fact that stands alone names both its ends.
function wholeCard(fact) {
  const value = fact.p === "hasIndicator" && fact.notes.length ? `${fact.notes[0]}: ${fact.value}` : fact.value;
  const end = fact.o === null ? make("strong", {}, value) : link(fact.o);
  const card = factCard(fact, fact.o === null ? fact.s : null);
  card.querySelector(".what")?.remove();
  card.prepend(make("p", { class: "what" }, make("span", {}, link(fact.s), make("span", { class: "how" }, ` ${relations[fact.p][0]} `), end)));
  return card;
}

function about(fact) {
  const percent = Math.round(fact.confidence * 100);
  const bar = svg("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, svg("rect", { width: percent, height: 10 }));
  return make("div", { class: "about" },
    fact.modality === "asserted" ? null : make("span", { class: "plan" }, fact.modality),
    fact.date ? make("span", {}, fact.date) : null,
    differs.has(fact) ? make("button", { type: "button", class: "differs", onclick: () => select({ differing: differs.get(fact) }) }, "articles differ") : null,
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
