// Where the nodes of a small graph lie: springs along edges, repulsion between all (Fruchterman and Reingold 1991).
// They begin on a spiral in the order of their degrees, so the same graph always lies the same way.
const TURN = Math.PI * (3 - Math.sqrt(5));

const PULL = 1.2; // towards the middle

const start = (count) => Array.from({ length: count }, (_, i) => {
  const radius = Math.sqrt((i + 0.5) / count);
  return { x: radius * Math.cos(i * TURN), y: radius * Math.sin(i * TURN), dx: 0, dy: 0 };
});

const push = (one, other, force) => {
  const x = one.x - other.x, y = one.y - other.y, distance = Math.max(Math.hypot(x, y), 1e-3);
  const by = force(distance) / distance;
  one.dx += x * by; one.dy += y * by;
  other.dx -= x * by; other.dy -= y * by;
};

export const spread = (count, edges) => {
  const places = start(count), ideal = 1.6 / Math.sqrt(count), rounds = count > 200 ? 120 : 260;
  for (let round = 0; round < rounds; round++) {
    const heat = 0.12 * (1 - round / rounds);
    for (let i = 0; i < count; i++)
      for (let j = 0; j < i; j++) push(places[i], places[j], (d) => (ideal * ideal) / d);
    for (const [from, to] of edges) push(places[from], places[to], (d) => -(d * d) / (2 * ideal));
    for (const place of places) {
      place.dx -= place.x * PULL; place.dy -= place.y * PULL; // so that parts without a tie stay in sight
      const length = Math.hypot(place.dx, place.dy) || 1, by = Math.min(length, heat) / length;
      place.x += place.dx * by; place.y += place.dy * by;
      place.dx = place.dy = 0;
    }
  }
  return places.map(({ x, y }) => [x, y]);
};
