// The drawing. vis-network draws and finds what is pointed at; positions come with the data, labels are ours.

const MARGIN = 132;
const HEADROOM = 104;
const FOOTROOM = 30;
const CELL = 34;
const DISC = "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1 -1 0Z";
const REVEALED_AT_MOST = 60;

const nothing = () => ({ entity: null, to: null, steps: 1, line: null, group: null, step: null, broker: null, differing: null, years: null });
const state = { ...nothing(), byGroup: false, best: false, revealed: new Map(), hover: null };
const picture = { network: null, nodes: null, edges: null, places: new Map(), stage: "best", focus: null, labels: null, labelsFor: "" };
const shapes = {};

const isDrawn = (id) => picture.places.has(id) || state.revealed.has(id);
const isShown = (id) => isDrawn(id) && isKeptAt(id);
const place = (i) => state.revealed.get(i) ?? picture.places.get(i);

function draw() {
  for (const [type, look] of Object.entries(types)) {
    shapes[type] = { outer: new Path2D(look.path), colour: look.colour };
  }
  shapes.sign = { outer: new Path2D(DISC) };
  arrange();
  picture.nodes = new vis.DataSet();
  picture.edges = new vis.DataSet();
  picture.network = new vis.Network(byId("canvas"), { nodes: picture.nodes, edges: picture.edges }, {
    autoResize: true,
    physics: false,
    layout: { improvedLayout: false },
    nodes: { shape: "custom", ctxRenderer: renderNode, chosen: false, borderWidth: 1 },
    edges: { chosen: false, arrowStrikethrough: false, selfReference: { size: 14 }, hoverWidth: 0 },
    interaction: { hover: true, selectConnectedEdges: false, multiselect: false, dragNodes: true },
  });
  picture.network.on("afterDrawing", drawLabels);
  picture.network.on("beforeDrawing", drawGrounds);
  picture.network.on("dragEnd", ({ nodes }) => nodes.forEach(remember));
  show();
  fit(false);
}

// Stretch the layout to the window: one axis only ever grows, so nothing that was apart comes to touch.
function arrange() {
  const { clientWidth, clientHeight } = byId("canvas");
  picture.stage = stage();
  picture.places.clear();
  const drawn = staged(picture.stage);
  const portrait = clientHeight > clientWidth;
  const room = [Math.max(clientWidth - MARGIN, 150), Math.max(clientHeight - HEADROOM, 150)];
  const linked = drawn.filter(({ id }) => isSign(id) || linesOf[id].length);
  const alone = drawn.filter(({ id }) => !isSign(id) && !linesOf[id].length);
  const cell = shelfCell(alone.length, room);
  const rows = Math.ceil((alone.length * cell) / room[0]);
  const rest = spread(linked, portrait, room[0], room[1] - (rows && linked.length ? rows + 1 : 0) * cell);
  shelve(alone, rest, room[0], cell);
}

function spread(nodes, portrait, width, height) {
  if (!nodes.length) return { scale: 1, width: 0, height: 0 };
  const points = nodes.map(({ x, y }) => (portrait ? [y, x] : [x, y]));
  const [[left, right], [top, bottom]] = [0, 1].map((axis) => range(points.map((point) => point[axis])));
  const [wide, high] = [Math.max(right - left, 60), Math.max(bottom - top, 60)];
  const scale = Math.min(width / wide, height / high);
  const [growX, growY] = [Math.min(width / wide / scale, 2), Math.min(height / high / scale, 2)];
  nodes.forEach(({ id }, i) => picture.places.set(id, { x: (points[i][0] - left) * growX, y: (points[i][1] - top) * growY }));
  return { scale, width: (right - left) * growX, height: (bottom - top) * growY };
}

// Entities without a relation stand in rows below the others, on a quarter of the height at most.
const shelfCell = (n, [width, height]) => Math.max(Math.min(CELL, Math.sqrt((width * height) / 4 / Math.max(n, 1))), 13);

function shelve(nodes, { scale, width, height }, room, size) {
  const cell = size / scale;
  const columns = Math.max(1, Math.min(nodes.length, Math.floor(room / size)));
  nodes.forEach(({ id }, i) => {
    const inRow = Math.min(columns, nodes.length - columns * Math.floor(i / columns));
    const x = width / 2 + ((i % columns) - (inRow - 1) / 2) * cell;
    picture.places.set(id, { x, y: height + (height ? 2 * cell : 0) + Math.floor(i / columns) * cell });
  });
}

const range = (values) => [Math.min(...values), Math.max(...values)];

function remember(i) {
  const { x, y } = picture.network.getPosition(i);
  (state.revealed.has(i) ? state.revealed : picture.places).set(i, { x, y });
  picture.labelsFor = "";
}

// Bring the sets that vis-network draws in line with the state.
function show() {
  const wanted = [...new Set([...picture.places.keys(), ...state.revealed.keys()])].filter(isShown).sort((a, b) => a - b);
  const nodes = wanted.map((id) => ({ id, ...place(id), size: sizeOf(id) }));
  const edges = linesAt();
  sync(picture.nodes, nodes);
  sync(picture.edges, edges);
  picture.labelsFor = "";
  picture.network.redraw();
}

function sync(set, items) {
  const keep = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !keep.has(id)));
  set.update(items);
}

function styled(line) {
  const selected = picture.focus !== null && picture.focus.strong.has(line.id);
  const faded = picture.focus !== null && !selected && !(picture.focus.nodes.has(line.from) && picture.focus.nodes.has(line.to));
  const mine = keptFacts(line);
  const planned = mine.every((i) => facts[i].modality !== "asserted");
  return {
    id: line.id,
    from: line.from,
    to: line.to,
    width: Math.min(1.3 + 0.9 * Math.log2(Math.max(line.articles, 1)), 6) + (selected ? 0.6 : 0),
    dashes: planned ? [6, 5] : false,
    color: { color: selected ? colours.accent : colours.edge, opacity: faded ? 0.2 : 1, inherit: false },
    arrows: { to: { enabled: selected && !isMutual(line), scaleFactor: 0.5 } },
    smooth: line.bend ? { enabled: true, type: "curvedCW", roundness: line.bend } : { enabled: false },
  };
}

const isMutual = (line) => {
  const [there, back] = relations[facts[line.facts[0]].p];
  return there === back;
};

// Screen radius over world radius: nodes shrink less than the picture does, and never to a dot.
const magnify = (scale) => Math.min(Math.max(1, Math.pow(1 / scale, 0.3)), 1.35);

function renderNode({ ctx, id, x, y }) {
  const { outer } = shapes[typeOf(id) ?? "sign"];
  const fill = colourOf(id);
  const scale = picture.network ? picture.network.getScale() : 1;
  const radius = sizeOf(id) * magnify(scale);
  return {
    drawNode() {
      ctx.globalAlpha = isFaded(id) ? 0.16 : 1;
      ctx.translate(x, y);
      ctx.scale(radius, radius);
      ctx.lineJoin = "round";
      ctx.lineWidth = 5 / scale / radius;
      ctx.strokeStyle = colours.surface;
      ctx.stroke(outer);
      if (isMarked(id) || id === state.hover) {
        ctx.lineWidth = 7 / scale / radius;
        ctx.strokeStyle = isMarked(id) ? colours.accent : colours.muted;
        ctx.stroke(outer);
      }
      ctx.lineWidth = 2 / scale / radius;
      ctx.strokeStyle = outline(fill);
      ctx.stroke(outer);
      ctx.fillStyle = fill;
      ctx.fill(outer, "evenodd");
      ctx.globalAlpha = 1;
    },
    nodeDimensions: { width: 2 * radius, height: 2 * radius },
  };
}

// Entities that are not drawn come up beside a neighbour when they are asked for.
function reveal(wanted) {
  const before = new Map(state.revealed);
  state.revealed.clear();
  const hidden = wanted.filter((i) => !picture.places.has(i)).slice(0, REVEALED_AT_MOST);
  for (const i of hidden) if (before.has(i)) state.revealed.set(i, before.get(i));
  for (const i of hidden) {
    if (state.revealed.has(i)) continue;
    const anchor = [...neighbours(i)].find(isDrawn);
    const [spot] = freePlaces(anchor === undefined ? picture.network.getViewPosition() : place(anchor));
    state.revealed.set(i, spot);
  }
}

// Ever further places around a centre, each apart from all that is drawn.
function* freePlaces(centre) {
  const used = [...picture.places.values(), ...state.revealed.values()];
  const gap = 36 / Math.min(picture.network.getScale(), 1);
  for (let step = 1; ; step++) {
    const [angle, reach] = [step * 2.4, (gap / 2) * Math.sqrt(step)];
    const spot = { x: centre.x + reach * Math.cos(angle), y: centre.y + reach * Math.sin(angle) };
    if (used.some(({ x, y }) => Math.hypot(x - spot.x, y - spot.y) < gap)) continue;
    used.push(spot);
    yield spot;
  }
}

const isSheet = () => getComputedStyle(byId("sheet")).display !== "none";
const still = matchMedia("(prefers-reduced-motion: reduce)");
const motion = (wanted) => (wanted && !still.matches ? { duration: 250, easingFunction: "easeInOutQuad" } : false);

function fit(animated) {
  const { clientWidth, clientHeight } = byId("canvas");
  const points = picture.nodes.getIds().map(place);
  if (!points.length || !clientWidth) return;
  const [[left, right], [top, bottom]] = [range(points.map(({ x }) => x)), range(points.map(({ y }) => y))];
  const scale = Math.min((clientWidth - MARGIN) / (right - left + 1), (clientHeight - HEADROOM) / (bottom - top + 1), 1.5);
  picture.network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, offset: { x: 0, y: -FOOTROOM / 2 }, scale, animation: motion(animated) });
}

function zoom(factor) {
  const scale = Math.min(Math.max(picture.network.getScale() * factor, 0.05), 8);
  picture.network.moveTo({ scale, animation: motion(true) });
}

// Move the view only if what was chosen is not to be seen; what does not fit is looked at from farther away.
function bringIntoView(chosen) {
  const { clientWidth, clientHeight } = byId("canvas");
  const points = chosen.filter(isShown).map((i) => picture.network.getPosition(i));
  if (!points.length || !clientWidth) return;
  const bottom = isSheet() && byId("panel").classList.contains("up") ? innerHeight - byId("panel").offsetHeight - byId("canvas").getBoundingClientRect().top : clientHeight;
  const inside = (spot) => spot.x > 40 && spot.y > 40 && spot.x < clientWidth - 40 && spot.y < bottom - 40;
  if (points.every((point) => inside(picture.network.canvasToDOM(point)))) return;
  const [[left, right], [top, low]] = [range(points.map(({ x }) => x)), range(points.map(({ y }) => y))];
  const room = Math.min((clientWidth - MARGIN) / (right - left + 1), Math.max(bottom - HEADROOM, bottom / 2) / (low - top + 1));
  const scale = Math.min(picture.network.getScale(), room);
  const offset = { x: 0, y: -(clientHeight - bottom) / 2 };
  picture.network.moveTo({ position: { x: (left + right) / 2, y: (top + low) / 2 }, scale, offset, animation: motion(true) });
}
