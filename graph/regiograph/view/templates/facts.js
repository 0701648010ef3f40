// What the page knows, and how its parts are made: text is only ever set as text.

const data = JSON.parse(await island(document.getElementById("data")));
const { entities, facts, quotes, articles, types, relations, groups } = data;
const lines = data.edges.map((edge, id) => ({ ...edge, id }));

// A large island comes deflated.
async function island({ type, textContent }) {
  if (type === "application/json") return textContent;
  const bytes = Uint8Array.from(atob(textContent), (sign) => sign.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(plain).text();
}

const factsOf = entities.map(() => []);
const linesOf = entities.map(() => []);

facts.forEach((fact, i) => {
  factsOf[fact.s].push(i);
  if (fact.o !== null && fact.o !== fact.s) factsOf[fact.o].push(i);
});
lines.forEach((line) => {
  linesOf[line.from].push(line);
  if (line.to !== line.from) linesOf[line.to].push(line);
});

const otherEnd = (line, entity) => (line.from === entity ? line.to : line.from);
const touching = (line, entity) => line.from === entity || line.to === entity;
const neighbours = (entity) => new Set(linesOf[entity].map((line) => otherEnd(line, entity)));
const byId = (id) => document.getElementById(id);

function make(tag, options = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === "class") element.className = value;
    else if (name === "onclick") element.addEventListener("click", value);
    else if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// A name in its own writing direction, apart from that of its surroundings.
const named = (text, options = {}) => make("bdi", { class: "name", ...options }, text);

function sign(type) {
  const { colour, path } = types[type];
  const shape = svg("path", { d: path, fill: colour, "fill-rule": "evenodd", "stroke-width": 0.16, "stroke-linejoin": "round" });
  shape.classList.add("outlined");
  shape.setAttribute("stroke", outline(colour));
  return svg("svg", { class: "sign", viewBox: "-1.2 -1.2 2.4 2.4", "aria-hidden": "true" }, shape);
}

const colours = {};

// The palette as the browser has it now: computed colours, which a canvas and an SVG file take as they are.
function readColours() {
  const probe = document.body.appendChild(make("i"));
  for (const name of ["surface", "ink", "muted", "edge", "accent", "rule", "plan"]) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
}

function channels(colour) {
  if (colour.startsWith("#")) return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return colour.match(/[\d.]+/gu).slice(0, 3).map(Number);
}

// A type's colour drawn toward the ink, so that its shape stands out from any ground.
function outline(colour) {
  const [own, ink] = [channels(colour), channels(colours.ink)];
  return `rgb(${own.map((value, at) => Math.round(value * 0.45 + ink[at] * 0.55)).join(",")})`;
}

const count = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
readColours();
