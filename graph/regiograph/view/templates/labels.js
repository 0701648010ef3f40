// The labels of the picture, and the names of relations on the lines of what is selected.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
const LINE_HEIGHT = 14;
const WRAP = 132;

// Labels: screen-sized, the important first, each where it covers neither node nor label; the rest wait for a closer look.
function drawLabels(ctx) {
  const scale = picture.network.getScale();
  const key = [scale, state.hover].join();
  if (picture.labelsFor !== key) {
    picture.labels = placeLabels(ctx, scale);
    picture.labelsFor = key;
  }
  ctx.save();
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.strokeStyle = colours.surface;
  ctx.lineWidth = 3.5 / scale;
  for (const { font, colour, rows, x, y } of picture.labels) {
    ctx.font = font.replace("SIZE", font.startsWith("600") ? 12.5 / scale : 12 / scale);
    ctx.fillStyle = colour;
    rows.forEach((row, i) => {
      const at = (y + (i - (rows.length - 1) / 2) * LINE_HEIGHT) / scale;
      ctx.strokeText(row, x / scale, at);
      ctx.fillText(row, x / scale, at);
    });
  }
  ctx.restore();
}

function placeLabels(ctx, scale) {
  const focus = picture.focus && picture.focus.nodes;
  const shown = picture.nodes.getIds();
  const discs = shown.map((i) => disc(i, scale));
  const taken = discs.filter((_, at) => !focus || focus.has(shown[at])).map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
  const edge = extent(discs);
  const ranked = shown.map((i, at) => ({ i, at })).filter(({ i }) => !focus || focus.has(i) || i === state.hover);
  const urgency = ({ i }) => (isMarked(i) ? 3 : i === state.hover ? 2 : 0);
  ranked.sort((a, b) => urgency(b) - urgency(a) || a.i - b.i);
  const placed = [];
  for (const candidate of ranked) {
    const label = nodeLabel(ctx, candidate.i, focus);
    const spot = freeSpot(label, discs[candidate.at], taken, edge, urgency(candidate) > 0);
    if (!spot) continue;
    taken.push(spot.box);
    placed.push({ ...label, ...spot });
  }
  return placed.concat(edgeLabels(ctx, scale, taken), foldLabels(ctx, shown, discs, taken));
}

// How many neighbours of an entity are not drawn: "+12" at its shoulder; choosing the entity brings them up.
function foldLabels(ctx, shown, discs, taken) {
  const placed = [];
  shown.forEach((i, at) => {
    const folded = isFaded(i) ? 0 : foldedOf(i);
    if (!folded) return;
    const label = { font: `400 SIZEpx ${FONT}`, colour: colours.muted, ...wrapped(ctx, `+${folded}`, `400 SIZEpx ${FONT}`) };
    const [{ x, y, r }, half] = [discs[at], label.width / 2];
    const spot = { x: x + r * 0.75 + half, y: y - r * 0.75 - 4 };
    const box = [spot.x - half, spot.y - 6, spot.x + half, spot.y + 6];
    if (taken.some((other) => overlap(box, other) && !isOwn(other, discs[at]))) return;
    taken.push(box);
    placed.push({ ...label, ...spot });
  });
  return placed;
}

const isOwn = (box, { x, y, r }) => box[0] === x - r && box[1] === y - r;
const foldedOf = (i) => (folding && !isSign(i) ? [...neighbours(i)].filter((other) => !isDrawn(other) && isKept(other)).length : 0);

function disc(i, scale) {
  const { x, y } = picture.network.getPosition(i);
  return { x: x * scale, y: y * scale, r: sizeOf(i) * magnify(scale) * scale + 2 };
}

function nodeLabel(ctx, i, focus) {
  const strong = isMarked(i) || isSign(i) || (!focus && picture.stage === "best" && i < 12);
  const font = `${strong ? 600 : 400} SIZEpx ${FONT}`;
  return { font, colour: colours.ink, ...wrapped(ctx, labelOf(i), font) };
}

const wrapCache = new Map();

function wrapped(ctx, text, font) {
  const key = font[0] + text;
  if (!wrapCache.has(key)) {
    ctx.save();
    ctx.font = font.replace("SIZE", 12.5);
    const rows = breakRows(text, (words) => ctx.measureText(words).width);
    wrapCache.set(key, { rows, width: Math.max(...rows.map((row) => ctx.measureText(row).width)) });
    ctx.restore();
  }
  return wrapCache.get(key);
}

function breakRows(text, measure) {
  const rows = [""];
  for (const word of text.split(/\s+/u)) {
    const longer = rows.at(-1) ? `${rows.at(-1)} ${word}` : word;
    if (measure(longer) <= WRAP || !rows.at(-1)) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  const cut = rows.length > 2;
  return rows.slice(0, 2).map((row, i) => shortened(row, cut && i === 1, measure));
}

function shortened(row, cut, measure) {
  if (!cut && measure(row) <= WRAP + 20) return row;
  const signs = Array.from(row);
  while (signs.length > 1 && measure(signs.join("") + "…") > WRAP) signs.pop();
  return `${signs.join("").trimEnd()}…`;
}

function freeSpot({ rows, width }, { x, y, r }, taken, edge, force) {
  const [w, h] = [width / 2 + 2, (rows.length * LINE_HEIGHT) / 2];
  const [side, level, lean] = [r + w + 2, r + h, Math.max(w - r, 0)];
  const offsets = [[0, level], [0, -level], [side, 0], [-side, 0], [lean, level], [-lean, level], [lean, -level], [-lean, -level]];
  const further = [[0, level + 10], [0, -level - 10], [side + 12, 0], [-side - 12, 0]];
  const spots = [...offsets, ...further].map(([dx, dy]) => ({ x: x + dx, y: y + dy, box: [x + dx - w, y + dy - h, x + dx + w, y + dy + h] }));
  const free = ({ box }) => inside(box, edge) && !taken.some((other) => overlap(box, other));
  return spots.find(free) ?? (force ? spots[0] : null);
}

// From where to where labels may reach, so that the fitted picture cuts none.
function extent(discs) {
  const [[left, right], [top, bottom]] = [range(discs.map(({ x }) => x)), range(discs.map(({ y }) => y))];
  const high = (HEADROOM - FOOTROOM) / 2;
  return [left - MARGIN / 2, top - high, right + MARGIN / 2, bottom + high];
}

const inside = (a, b) => a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3];

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function edgeLabels(ctx, scale, taken) {
  const font = `400 SIZEpx ${FONT}`;
  const picked = picture.focus ? [...picture.focus.strong].filter((id) => picture.edges.get(id)).map((id) => lines[id]) : [];
  const placed = [];
  for (const line of picked) {
    const label = { font, colour: colours.accent, ...wrapped(ctx, relations[facts[line.facts[0]].p][0], font) };
    const middle = midpoint(line, scale);
    const box = [middle.x - label.width / 2, middle.y - 7, middle.x + label.width / 2, middle.y + 7];
    if (taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    placed.push({ ...label, ...middle });
  }
  return placed;
}

// The middle of a line as vis-network bends it, and the point that it is bent by.
function midpoint(line, scale) {
  const [a, b] = [picture.network.getPosition(line.from), picture.network.getPosition(line.to)];
  const middle = { x: ((a.x + b.x) / 2) * scale, y: ((a.y + b.y) / 2) * scale };
  const via = viaPoint(line);
  return via ? { x: (middle.x + via.x * scale) / 2, y: (middle.y + via.y * scale) / 2 } : middle;
}

function viaPoint({ from, to, bend }) {
  if (!bend) return null;
  const [a, b] = [picture.network.getPosition(from), picture.network.getPosition(to)];
  const [dx, dy] = [a.x - b.x, a.y - b.y];
  const angle = Math.atan2(dy, dx) + (bend * 0.5 + 0.5) * Math.PI;
  const reach = (bend * 0.5 + 0.5) * Math.hypot(dx, dy);
  return { x: a.x + reach * Math.sin(angle), y: a.y + reach * Math.cos(angle) };
}
