// Files to take along: the picture as PNG or SVG, the facts as CSV (RFC 4180), and paper.

const FORMULA = /^[=+\-@\t\r]/u;

function save(name, blob) {
  const stem = document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/gu, "").slice(0, 60) || "graph";
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: `${stem}.${name}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// A cell that a spreadsheet would take for a formula is told to be text.
const cellText = (text) => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

function saveCsv() {
  const heads = [...COLUMNS.map(([title]) => title), "Source address"];
  const rows = tabled().map((fact) => [...COLUMNS.map(([, said]) => said(fact)), (fact.quotes.length && quotes[fact.quotes[0]][2]) || ""]);
  save("csv", new Blob(["\ufeff", [heads, ...rows].map((row) => row.map(cellText).join(",")).join("\r\n"), "\r\n"], { type: "text/csv" }));
}

const saveSvg = () => save("svg", new Blob([new XMLSerializer().serializeToString(svgPicture())], { type: "image/svg+xml" }));

async function savePng() {
  const drawn = svgPicture();
  const image = new Image();
  const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(drawn)], { type: "image/svg+xml" }));
  image.src = address;
  await image.decode();
  const [width, height] = ["width", "height"].map((side) => Number(drawn.getAttribute(side)));
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
  canvas.getContext("2d").drawImage(image, 0, 0, 2 * width, 2 * height);
  URL.revokeObjectURL(address);
  canvas.toBlob((blob) => save("png", blob));
}

// The view as it stands, with its title, the key to the types, and what the picture is of.
function svgPicture() {
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const [top, foot] = [54, 64];
  const at = (i) => picture.network.canvasToDOM(picture.network.getPosition(i));
  const text = (x, y, size, words, more = {}) => svg("text", { x, y, "font-size": size, fill: colours.ink, ...more }, printable(words));
  const body = svg("g", { transform: `translate(0 ${top})` });
  body.append(...picture.edges.get().map(svgLine), ...picture.nodes.getIds().map((i) => svgNode(i, at(i))), ...picture.labels.flatMap(svgLabel));
  const clip = svg("svg", { x: 0, y: 0, width, height: height + top }, body);
  const all = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: height + top + foot, viewBox: `0 0 ${width} ${height + top + foot}`, "font-family": FONT });
  all.append(svg("rect", { width: "100%", height: "100%", fill: colours.surface }), clip,
    svg("rect", { width, height: top, fill: colours.surface }),
    text(16, 26, 17, document.title, { "font-weight": 650 }), text(16, 44, 12, byId("summary").textContent, { fill: colours.muted }), ...svgKey(top + height, width));
  return all;
}

function svgLine(edge) {
  const line = lines[edge.id] ?? edge;
  const [a, b] = [line.from, line.to].map((i) => picture.network.canvasToDOM(picture.network.getPosition(i)));
  const scale = picture.network.getScale();
  const via = viaPoint(line);
  const bent = via ? (({ x, y }) => `Q${round(x)} ${round(y)} `)(picture.network.canvasToDOM(via)) : "L";
  return svg("path", { d: `M${round(a.x)} ${round(a.y)}${bent}${round(b.x)} ${round(b.y)}`, fill: "none", stroke: edge.color.color, "stroke-opacity": edge.color.opacity, "stroke-width": round(edge.width * scale), ...(edge.dashes ? { "stroke-dasharray": edge.dashes.map((dash) => round(dash * scale)).join(" ") } : {}) });
}

// XML has no place for control characters.
const printable = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, "");
const round = (value) => Math.round(value * 100) / 100;

function svgNode(i, { x, y }) {
  const scale = picture.network.getScale();
  const radius = sizeOf(i) * magnify(scale) * scale;
  const d = types[typeOf(i)]?.path ?? DISC;
  const colour = colourOf(i);
  const [ground, shape] = [svg("path", { d, fill: colours.surface }), svg("path", { d, fill: colour, "fill-rule": "evenodd", opacity: isFaded(i) ? 0.16 : 1 })];
  return svg("g", { transform: `translate(${round(x)} ${round(y)}) scale(${round(radius)})`, stroke: outline(colour), "stroke-width": round(1 / radius) }, svg("title", {}, printable(labelOf(i))), ground, shape);
}

function svgLabel({ font, colour, rows, x, y }) {
  const scale = picture.network.getScale();
  const spot = picture.network.canvasToDOM({ x: x / scale, y: y / scale });
  const [weight, size] = font.startsWith("600") ? [600, 12.5] : [400, 12];
  return rows.map((row, i) => svg("text", { x: round(spot.x), y: round(spot.y + (i - (rows.length - 1) / 2) * LINE_HEIGHT), "font-size": size, "font-weight": weight, fill: colour, stroke: colours.surface, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke", "text-anchor": "middle", "dominant-baseline": "central" }, printable(row)));
}

function svgKey(y, width) {
  const shown = [...new Set(picture.nodes.getIds().map(typeOf).filter(Boolean))];
  const ctx = document.createElement("canvas").getContext("2d");
  ctx.font = `11.5px ${FONT}`;
  let [x, row] = [16, 0];
  return shown.flatMap((type) => {
    const step = ctx.measureText(types[type].plural).width + 34;
    if (x + step > width) [x, row] = [16, row + 1];
    const at = [round(x + 6), y + 14 + 18 * row];
    x += step;
    return [
      svg("path", { d: types[type].path, transform: `translate(${at.join(" ")}) scale(6)`, "fill-rule": "evenodd", fill: types[type].colour }),
      svg("text", { x: at[0] + 11, y: at[1] + 4, "font-size": 11.5, fill: colours.ink }, types[type].plural),
    ];
  });
}
