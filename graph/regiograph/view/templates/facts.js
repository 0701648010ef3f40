// What the page knows, and how its parts are made: text is only ever set as text.

const data = JSON.parse(document.getElementById("data").textContent);
const { entities, facts, quotes, articles, types, relations } = data;
const lines = data.edges.map((edge, id) => ({ ...edge, id }));
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

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["surface", "ink", "muted", "edge", "accent", "rule"]) {
    colours[name] = style.getPropertyValue(`--${name}`).trim();
  }
}

// A type's colour drawn toward the ink, so that its shape stands out from any ground.
function outline(colour) {
  const mixed = [1, 3, 5].map((at) => {
    const [own, ink] = [colour, colours.ink].map((c) => parseInt(c.slice(at, at + 2), 16));
    return Math.round(own * 0.45 + ink * 0.55);
  });
  return `rgb(${mixed.join(",")})`;
}

function isDark(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 150;
}

const count = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
readColours();
