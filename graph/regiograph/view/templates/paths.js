// The best path between two entities: few steps, each well told, and not by way of what everything is tied to
// (Dijkstra 1959). The costs are those of `regiograph network path`.

const costOf = (line) => Math.min(...keptFacts(line).map((i) => 2 - facts[i].confidence * (facts[i].modality === "asserted" ? 1 : 0.5)));

function path(from, to) {
  const cost = new Map([[from, 0]]);
  const by = new Map();
  const open = new Set([from]);
  const done = new Set();
  while (open.size) {
    const here = [...open].reduce((best, i) => (cost.get(i) < cost.get(best) || (cost.get(i) === cost.get(best) && i < best) ? i : best));
    if (here === to) return stepsBack(by, to);
    open.delete(here);
    done.add(here);
    for (const line of linesOf[here]) {
      const next = otherEnd(line, here);
      if (done.has(next) || !isKept(next) || !isJoining(line)) continue;
      const total = cost.get(here) + costOf(line) + (next === to ? 0 : entities[next].toll);
      if (total >= (cost.get(next) ?? Infinity)) continue;
      cost.set(next, total);
      by.set(next, { line, from: here, to: next });
      open.add(next);
    }
  }
  return null;
}

function stepsBack(by, to) {
  const steps = [];
  for (let at = to; by.has(at); at = by.get(at).from) steps.unshift(by.get(at));
  return steps;
}

// The words of a step as it is walked: "member since 2012".
function stepWords({ line, from }) {
  const fact = facts[keptFacts(line)[0]];
  const relation = relations[fact.p][fact.s === from ? 0 : 1];
  return [relation, ...fact.notes.slice(0, 2)].join(", ") + (fact.date && !fact.notes.includes(fact.date) ? `, ${fact.date}` : "");
}

function showPath() {
  const { steps } = picture.focus;
  const title = [make("h2", {}, named(entities[state.entity].label), " to ", named(entities[state.to].label))];
  if (!steps) {
    return fill(heading(null, "Path"), ...title, make("p", { class: "lead" }, narrowed() || filters.types.size ? "No path among what the filters leave." : "No path: nothing told ties the two together."), pathField(state.entity));
  }
  const chain = steps.flatMap((step) => [make("span", { class: "how" }, ` — ${stepWords(step)} — `), link(step.to)]);
  return fill(
    heading(null, "Path"),
    ...title,
    make("p", { class: "chain" }, link(state.entity), ...chain),
    make("h3", {}, count(steps.length, "step", "steps")),
    ...steps.flatMap((step) => keptFacts(step.line).slice(0, 3).map((at) => wholeCard(facts[at]))),
    pathField(state.entity),
  );
}

function pathField(from) {
  const input = make("input", { type: "text", role: "combobox", placeholder: "Path to …", "aria-label": `Path from ${entities[from].label} to`, "aria-expanded": "false", "aria-controls": "path-found", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" });
  const list = make("ul", { id: "path-found", class: "options", role: "listbox", "aria-label": "Entities found" });
  list.hidden = true;
  combobox(input, list, (to) => select({ entity: from, to: to === from ? null : to }));
  return make("div", { class: "to" }, input, list);
}
