// What is looked at: entities that stay bright, and the lines among them that are told by name.

const GROUND = 26;

// Return { nodes, strong } or null where nothing is selected.
function focus() {
  if (state.line !== null) return { nodes: new Set([lines[state.line].from, lines[state.line].to]), strong: new Set([state.line]) };
  if (state.to !== null) return onPath(path(state.entity, state.to));
  if (state.entity !== null) return around(state.entity, state.steps);
  if (state.step !== null) return amongFacts(data.story[state.step].entities, data.story[state.step].facts);
  if (state.broker !== null) return amongFacts([data.brokers[state.broker].entity], data.brokers[state.broker].facts);
  if (state.differing !== null) return amongFacts([data.differing[state.differing].about], data.differing[state.differing].facts);
  if (state.years !== null) return amongFacts([], yearFacts(state.years));
  if (state.group !== null) return { nodes: new Set(groups[state.group].members), strong: new Set() };
  return null;
}

function around(entity, steps) {
  const nodes = new Set([entity]);
  let edge = [entity];
  for (let step = 0; step < steps; step++) {
    edge = edge.flatMap((i) => linesOf[i].filter(isJoining).map((line) => otherEnd(line, i))).filter((i) => isKept(i) && !nodes.has(i));
    edge.forEach((i) => nodes.add(i));
  }
  return { nodes, strong: new Set(linesOf[entity].map((line) => line.id)) };
}

function onPath(steps) {
  const nodes = new Set([state.entity, state.to, ...(steps ?? []).flatMap(({ line }) => [line.from, line.to])]);
  return { nodes, steps, strong: new Set((steps ?? []).map(({ line }) => line.id)) };
}

function amongFacts(members, told) {
  const wanted = new Set(told);
  const ends = told.flatMap((i) => [facts[i].s, facts[i].o]).filter((i) => i !== null);
  const nodes = new Set([...members, ...ends]);
  const near = new Set([...nodes].flatMap((i) => linesOf[i]));
  return { nodes, strong: new Set([...near].filter((line) => line.facts.some((i) => wanted.has(i))).map((line) => line.id)) };
}

const isFaded = (i) => picture.focus !== null && !picture.focus.nodes.has(i);
const isMarked = (i) => i === state.entity || i === state.to;

// Colour tells the type, or, where asked for, the group; the shape tells the type in any case.
const colourOf = (id) => {
  if (isSign(id)) return groupColour(id - N);
  return state.byGroup ? groupColour(entities[id].group) : types[entities[id].type].colour;
};
const groupColour = (group) => data.groupColours[group] ?? data.groupColours.at(-1);

// Grounds behind the groups: soft spots around their members, which run together where these stand together.
function drawGrounds(ctx) {
  if (!state.byGroup || picture.stage === "groups") return;
  const reach = GROUND / Math.min(picture.network.getScale(), 1);
  const grounds = data.groupColours.slice(0, -1).map(() => ({ path: new Path2D(), bright: false }));
  for (const i of picture.nodes.getIds()) {
    const ground = grounds[entities[i].group ?? -1];
    if (!ground) continue;
    const [{ x, y }, radius] = [picture.network.getPosition(i), reach + data.nodes[i].size];
    ground.path.moveTo(x + radius, y);
    ground.path.arc(x, y, radius, 0, 2 * Math.PI);
    ground.bright ||= !isFaded(i);
  }
  grounds.forEach(({ path: spots, bright }, group) => {
    ctx.globalAlpha = bright ? 0.15 : 0.04;
    ctx.fillStyle = groupColour(group);
    ctx.fill(spots);
  });
  ctx.globalAlpha = 1;
}
