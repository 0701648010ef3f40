// The strip of years: how many facts each tells of, a range with two thumbs, and a year's facts on a click.

const BARS = 60;
const FAR = 25;
const LATE = 10;

const axis = (() => {
  const known = facts.filter(({ years }) => years).map(({ years }) => years[0]).sort((a, b) => a - b);
  if (!known.length) return null;
  const end = Math.max(...facts.filter(({ years }) => years).map(({ years: [first, last] }) => Math.min(last ?? first, first + FAR)));
  // Few facts from long ago, or far ahead, stand together in a bar, so that they do not press the others together.
  const early = known[Math.floor(known.length * 0.03)];
  const first = early - known[0] > FAR ? early : known[0];
  const late = known[Math.ceil(known.length * 0.99) - 1];
  const last = known.at(-1) - late > LATE ? late : end;
  const step = [1, 2, 5, 10, 20, 50, 100].find((size) => (last - first + 1) / size <= BARS) ?? 200;
  const from = step === 1 ? first : Math.floor(first / step) * step;
  return { from, to: from + Math.ceil((last - from + 1) / step) * step - 1, step, open: known[0] < from, ahead: last < end };
})();

const bins = axis ? Array.from({ length: (axis.to - axis.from + 1) / axis.step }, (_, i) => {
  const from = axis.from + i * axis.step;
  const to = from + axis.step - 1;
  return { from, to, since: i || !axis.open ? from : -Infinity, until: to < axis.to || !axis.ahead ? to : Infinity };
}) : [];

const binWords = ({ from, to, since, until }) => (since < from ? `${to} and before` : until > to ? `${from} and after` : from === to ? String(from) : `${from}–${to}`);
const startsIn = (i, { since, until }) => facts[i].years !== null && facts[i].years[0] >= since && facts[i].years[0] <= until;

function drawYears() {
  byId("years").hidden = !axis || axis.from === axis.to;
  if (byId("years").hidden) return;
  const bars = make("div", { class: "bars", role: "toolbar", "aria-label": "Facts by year" }, ...bins.map(bar));
  const [low, high] = [thumb("From year", 0), thumb("To year", 1)];
  byId("years").replaceChildren(bars, make("div", { class: "range" }, make("i"), low, high), make("div", { class: "ticks", "aria-hidden": "true" }, ...ticks()), make("output", { id: "told" }));
  bars.addEventListener("keydown", walkBars);
}

function bar(bin, at) {
  const button = make("button", { type: "button", class: "bar", tabindex: at ? -1 : 0, onclick: () => select(state.years === bin ? {} : { years: bin }) }, make("i", { class: "told" }), make("i", { class: "plans" }));
  button.dataset.from = bin.from;
  return button;
}

function walkBars(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const all = [...event.currentTarget.children];
  const next = all[all.indexOf(document.activeElement) + step];
  if (!step || !next) return;
  event.preventDefault();
  document.activeElement.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function ticks() {
  const every = Math.ceil(bins.length / Math.max(2, Math.min(12, Math.floor(byId("years").clientWidth / 60))));
  return bins.map((bin, i) => make("span", {}, i % every ? "" : String(bin.from)));
}

function thumb(title, end) {
  const input = make("input", { type: "range", min: axis.from, max: axis.to, step: axis.step === 1 ? 1 : axis.step, "aria-label": title });
  input.dataset.end = end;
  input.addEventListener("input", onThumb);
  return input;
}

function onThumb({ target }) {
  const [low, high] = byId("years").querySelectorAll("input");
  if (Number(low.value) > Number(high.value)) target.value = target === low ? high.value : low.value;
  const from = Number(low.value) <= axis.from ? -Infinity : Number(low.value);
  const to = lastOf(Number(high.value)) >= axis.to ? Infinity : lastOf(Number(high.value));
  change({ years: from === -Infinity && to === Infinity ? WHOLE : [from, to] });
}

const lastOf = (year) => bins.findLast(({ from }) => from <= year)?.to ?? axis.to;

// Bars count what all filters but the years leave.
function tellYears() {
  if (byId("years").hidden) return;
  const tallies = bins.map(() => [0, 0]);
  facts.forEach((fact, i) => {
    if (!fact.years || !typed(fact) || !passes(i, { years: WHOLE })) return;
    const at = bins.findIndex((bin) => startsIn(i, bin));
    if (at >= 0) tallies[at][fact.modality === "asserted" ? 0 : 1] += 1;
  });
  const most = Math.max(1, ...tallies.map(([told, plans]) => told + plans));
  [...byId("years").querySelectorAll(".bar")].forEach((button, i) => {
    const [told, plans] = tallies[i];
    const words = `${binWords(bins[i])}: ${count(told + plans, "fact", "facts")}${plans ? `, ${plans.toLocaleString("en")} planned or proposed` : ""}`;
    button.setAttribute("aria-label", words);
    button.title = words;
    [told, plans].forEach((n, part) => { button.children[part].style.height = `${n ? Math.max((100 * n) / most, 5) : 0}%`; });
    button.classList.toggle("out", filters.years !== WHOLE && !within([bins[i].since, bins[i].until], filters.years));
    button.setAttribute("aria-pressed", String(state.years?.from === bins[i].from));
  });
  showRange();
}

function showRange() {
  const [from, to] = [Math.max(filters.years[0], axis.from), Math.min(filters.years[1], axis.to)];
  const [low, high] = byId("years").querySelectorAll("input");
  low.value = from;
  high.value = to;
  byId("told").textContent = filters.years === WHOLE ? "" : `${from}–${to}`;
}
