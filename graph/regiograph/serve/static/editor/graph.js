// An answer as a graph: nodes lead to their pages, by mouse and by keyboard; it is dragged and made larger.
import { button, drawn, element } from "./elements.js";
import { address, compact, known, look } from "./known.js";
import { spread } from "./spreading.js";
import { ties } from "./ties.js";

const MOST = 250, LABELLED = 60, SIZE = 8, LETTER = 6.6;

// Places fitted into the picture: spread wide if they are many, and not drawn far apart if they are few.
const fitted = (places, [width, height]) => {
  const xs = places.map(([x]) => x), ys = places.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const most = 190 * Math.sqrt(places.length);
  const wide = Math.min(width - Math.min(200, width / 3), most) / (right - left || 1), high = Math.min(height - 90, most) / (bottom - top || 1);
  const [across, down] = [Math.min(wide, 2 * high), Math.min(high, 2 * wide)];
  return places.map(([x, y]) => [width / 2 + (x - (left + right) / 2) * across, height / 2 - 8 + (y - (top + bottom) / 2) * down]);
};

// Which nodes show their names at all times: the best connected ones, as far as no name covers another.
const legible = (nodes, places) => {
  const taken = [];
  return nodes.map((node, i) => {
    const [x, y] = places[i], half = (short(name(node)).length * LETTER) / 2, at = [x - half, x + half, y + 10, y + 28];
    const free = taken.every(([left, right, top, bottom]) => at[1] < left || at[0] > right || at[3] < top || at[2] > bottom);
    if (free) taken.push(at);
    return free;
  });
};

const line = (edge, places, named) => {
  const [x1, y1] = places[edge.from], [x2, y2] = places[edge.to];
  const length = Math.hypot(x2 - x1, y2 - y1) || 1, below = y1 - y2 > Math.abs(x1 - x2) ? 16 : 0; // where the name is
  const short = (SIZE + 6 + below) / length;
  const end = [x2 - (x2 - x1) * short, y2 - (y2 - y1) * short];
  return drawn("g", { class: "edge", "data-ends": `${edge.from} ${edge.to}` },
    drawn("line", { x1, y1, x2: end[0], y2: end[1], "marker-end": "url(#arrow)" }, drawn("title", {}, edge.label)),
    named && edge.label ? drawn("text", { x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 3 }, edge.label) : null);
};

const name = (node) => node.label || compact(node.iri);

const short = (label) => (label.length > 30 ? `${label.slice(0, 28)}…` : label);

const point = (node, i, [x, y], labelled) => {
  const seen = look(node.iri), label = name(node), to = address(node.iri);
  const size = SIZE + Math.min(6, Math.sqrt(node.degree));
  const given = { class: labelled ? "node" : "node quiet", "data-number": i, transform: `translate(${x} ${y})` };
  return drawn(to ? "a" : "g", { ...given, href: to, rel: to && !to.startsWith("/") ? "noopener noreferrer" : null },
    drawn("title", {}, `${label}${seen ? `, ${seen.label}` : ""}`),
    drawn("circle", { class: "ground", r: size }),
    drawn("path", { d: seen?.path || "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1 -1 0Z", fill: seen?.colour || "#8A8F98", "fill-rule": "evenodd", transform: `scale(${size})` }),
    drawn("text", { y: size + 12 }, short(label)));
};

const movable = (picture, [width, height]) => {
  const box = { x: 0, y: 0, scale: 1 };
  const show = () => picture.setAttribute("viewBox", `${box.x} ${box.y} ${width * box.scale} ${height * box.scale}`);
  const zoom = (by, at = [0.5, 0.5]) => {
    const scale = Math.min(2, Math.max(0.15, box.scale * by));
    box.x += at[0] * width * (box.scale - scale);
    box.y += at[1] * height * (box.scale - scale);
    box.scale = scale;
    show();
  };
  let held = null, moved = false;
  picture.addEventListener("pointerdown", (event) => { held = [event.clientX, event.clientY]; moved = false; });
  picture.addEventListener("pointermove", (event) => {
    if (!held || !event.buttons) return;
    const pixel = (width * box.scale) / picture.clientWidth, [x, y] = [event.clientX - held[0], event.clientY - held[1]];
    if (Math.hypot(x, y) > 3 || moved) {
      moved = true;
      box.x -= x * pixel; box.y -= y * pixel;
      held = [event.clientX, event.clientY];
      show();
    }
  });
  picture.addEventListener("click", (event) => { if (moved) event.preventDefault(); });
  picture.addEventListener("dragstart", (event) => event.preventDefault());
  picture.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const frame = picture.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, [(event.clientX - frame.x) / frame.width, (event.clientY - frame.y) / frame.height]);
  }, { passive: false });
  const whole = () => { Object.assign(box, { x: 0, y: 0, scale: 1 }); show(); };
  return [button("+", () => zoom(1 / 1.4), { "aria-label": "Larger" }), button("−", () => zoom(1.4), { "aria-label": "Smaller" }), button("Whole", whole)];
};

// Whoever is pointed at stands out with its neighbours.
const lit = (picture) => {
  const light = (event) => {
    const number = event.target.closest?.(".node")?.dataset.number;
    picture.classList.toggle("lit", number !== undefined);
    const near = new Set([number]);
    picture.querySelectorAll(".edge").forEach((edge) => {
      const ends = edge.dataset.ends.split(" "), on = ends.includes(number);
      edge.classList.toggle("on", on);
      if (on) ends.forEach((end) => near.add(end));
    });
    picture.querySelectorAll(".node").forEach((node) => node.classList.toggle("on", near.has(node.dataset.number)));
  };
  for (const event of ["pointerover", "pointerleave", "focusin", "focusout"]) picture.addEventListener(event, light);
};

export const graph = (place, answer, anchors) => {
  const { nodes, edges, left } = ties(answer, anchors, MOST);
  if (!edges.length) {
    place.replaceChildren(element("p", { class: "none" }, "A graph needs rows with two entities each, or triples between things. Select both ends of a relation, or use CONSTRUCT."));
    return;
  }
  const size = [Math.max(place.clientWidth, 340), place.clientWidth < 600 ? 500 : 620];
  const places = fitted(spread(nodes.length, edges.map(({ from, to }) => [from, to])), size);
  const named = legible(nodes, places), kinds = new Set(edges.map(({ label }) => label));
  const picture = drawn("svg", { class: "graph", viewBox: `0 0 ${size.join(" ")}`, role: "group", "aria-label": `Graph of ${nodes.length} things and ${edges.length} ties` },
    drawn("defs", {}, drawn("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" },
      drawn("path", { d: "M0 1L7 4L0 7Z" }))),
    edges.map((edge) => line(edge, places, kinds.size > 1 && size[0] >= 600 && edges.length <= LABELLED)),
    nodes.map((node, i) => point(node, i, places[i], named[i])));
  place.replaceChildren(
    element("div", { class: "tools" }, movable(picture, size), element("p", { class: "legend" },
      left ? `The ${nodes.length} best connected; ${left.toLocaleString("en")} more are in the table.` : `${nodes.length} things, ${edges.length} ties${kinds.size === 1 && edges[0].label ? `: ${edges[0].label}` : ""}. Ctrl and the wheel make it larger.`)),
    picture);
  lit(picture);
  const drawable = nodes.filter(({ iri }) => look(iri));
  if (drawable.length) place.querySelector(".tools").append(whole(drawable));
};

// The same entities in the page for everyone, with the facts among them and their sentences.
const whole = (nodes) => {
  const said = new URLSearchParams(nodes.map(({ iri }) => ["entity", iri.replace(known.base, "")]));
  return element("a", { href: `/picture?${said}`, target: "_blank", rel: "noopener" }, "Open as a page, with the sentences");
};
