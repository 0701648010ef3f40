// What stands in the picture: the best connected entities, or, of a network too large for that, a sign for each group, or
// the inside of one group. A sign has the number of its group beyond those of the entities.

const N = entities.length;
const folding = data.folds.length > 0;
const isSign = (id) => id >= N;

function stage() {
  if (!folding) return "best";
  if (state.group !== null) return opened(state.group);
  if (state.entity !== null && state.to === null) return opened(entities[state.entity].group);
  const overview = state.entity === null && state.line === null && state.step === null && state.broker === null && state.differing === null && state.years === null && !narrowed();
  return overview && !state.best ? "groups" : "best";
}

const opened = (group) => (groups[group ?? -1]?.places ? group : "best");

function staged(at) {
  if (at === "groups") return groups.map((group, i) => ({ ...group, id: N + i })).filter(({ places }) => places);
  if (at === "best") return data.nodes.filter((node) => !node.hidden);
  return groups[at].places.map(([id, x, y]) => ({ id, x, y }));
}

const sizeOf = (id) => (isSign(id) ? groups[id - N].size : data.nodes[id].size);
const typeOf = (id) => (isSign(id) ? null : entities[id].type);
const labelOf = (id) => (isSign(id) ? `${groups[id - N].name} +${groups[id - N].members.length - 1}` : entities[id].label);
const isKeptAt = (id) => (isSign(id) ? groups[id - N].members.some(isKept) : isKept(id));
const linesAt = () => (picture.stage === "groups" ? data.folds.map(([a, b, n]) => fold(a, b, n)) : lines.filter((line) => isShown(line.from) && isShown(line.to) && isJoining(line)).map(styled));

const fold = (a, b, n) => ({
  id: `${a} ${b}`, from: N + a, to: N + b, width: Math.min(1 + Math.log2(n), 9), dashes: false,
  color: { color: colours.edge, opacity: 0.45, inherit: false }, arrows: { to: { enabled: false } }, smooth: { enabled: false },
});

function showBest(best) {
  state.best = best;
  changed();
  byId("stage-switch")?.focus();
}

// The switch between the two overviews of a large network.
function stageSwitch() {
  if (!folding) return null;
  const words = state.best ? "Show the groups" : `Show the ${data.nodes.filter((node) => !node.hidden).length} best connected`;
  return make("p", { class: "lead" }, make("button", { type: "button", class: "plain", id: "stage-switch", onclick: () => showBest(!state.best) }, words));
}
