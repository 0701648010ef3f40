// The address keeps what is selected and filtered: #e=IRI, &to=IRI for a path, &line, &group, &step, &broker, &differing, and the filters.

const numbers = new Map(entities.map((entity, i) => [entity.iri, i]));

function stateWords() {
  const said = new URLSearchParams();
  if (state.entity !== null) said.set("e", entities[state.entity].iri);
  if (state.to !== null) said.set("to", entities[state.to].iri);
  if (state.entity !== null && state.to === null && state.steps > 1) said.set("steps", state.steps);
  if (state.line !== null) said.set("line", `${entities[lines[state.line].from].iri} ${facts[lines[state.line].facts[0]].p} ${entities[lines[state.line].to].iri}`);
  if (state.group !== null) said.set("group", state.group + 1);
  if (state.step !== null) said.set("step", state.step + 1);
  if (state.broker !== null) said.set("broker", state.broker + 1);
  if (state.differing !== null) said.set("differing", state.differing + 1);
  if (state.years !== null) said.set("year", state.years.from);
  if (state.best) said.set("view", "best");
  if (state.byGroup) said.set("colour", "groups");
  for (const [name, value] of filterWords()) said.set(name, value);
  return said.toString();
}

// A selection can be gone back from; a filter is part of the same view.
function keepAddress(newView) {
  const said = stateWords();
  const address = said ? `#${said}` : location.pathname + location.search;
  if (location.hash === (said ? address : "")) return;
  if (newView) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  const numbered = (name, known) => (/^[1-9]\d{0,4}$/u.test(said.get(name) ?? "") && Number(said.get(name)) <= known.length ? Number(said.get(name)) - 1 : null);
  const entity = numbers.get(said.get("e")) ?? null;
  Object.assign(state, nothing(), {
    entity,
    to: entity === null ? null : numbers.get(said.get("to")) ?? null,
    steps: [2, 3].includes(Number(said.get("steps"))) ? Number(said.get("steps")) : 1,
    line: entity === null ? lineNamed(said.get("line")) : null,
    group: numbered("group", groups),
    step: numbered("step", data.story),
    broker: numbered("broker", data.brokers),
    differing: numbered("differing", data.differing),
    years: bins.find(({ from }) => String(from) === said.get("year")) ?? null,
    byGroup: said.get("colour") === "groups",
    best: said.get("view") === "best",
  });
  readFilters(said);
}

function lineNamed(words) {
  const [from, predicate, to] = (words ?? "").split(" ");
  const line = (linesOf[numbers.get(from)] ?? []).find((known) => entities[known.from].iri === from && entities[known.to].iri === to && facts[known.facts[0]].p === predicate);
  return line ? line.id : null;
}
