// The controls of the filters: the legend of types, and what opens below it.

const STATUSES = { "": "all", told: "told as fact", planned: "planned or proposed" };

function drawLegend() {
  const chips = Object.entries(types).map(([type, { plural, count: n }]) => {
    const chip = make("button", { type: "button", class: "chip", "aria-pressed": String(!filters.types.has(type)) },
      sign(type), plural, make("b", {}, n.toLocaleString("en")));
    chip.dataset.type = type;
    chip.addEventListener("click", () => toggleType(type));
    return chip;
  });
  const all = make("button", { type: "button", class: "chip all", onclick: () => toggleType(null) }, "Show all");
  byId("legend").replaceChildren(...chips, ...(filters.types.size ? [all] : []));
}

function toggleType(type) {
  if (type === null) filters.types.clear();
  else if (!filters.types.delete(type)) filters.types.add(type);
  if (state.entity !== null && filters.types.has(entities[state.entity].type)) state.entity = null;
  drawLegend();
  const next = type === null ? byId("legend").firstChild : [...byId("legend").children].find((chip) => chip.dataset.type === type);
  next.focus();
  changed();
}

function drawFilters() {
  byId("filters").replaceChildren(statusField(), sureField(), relationField(), articleField(), textField(), outcome());
}

const field = (title, ...controls) => make("label", { class: "field" }, make("span", {}, title), ...controls);

function chooser(options, chosen, onChange) {
  const select = make("select", {}, ...options.map(([value, title]) => make("option", { value }, title)));
  select.value = chosen;
  select.addEventListener("change", () => onChange(select.value));
  return select;
}

function statusField() {
  return field("Status", chooser(Object.entries(STATUSES), filters.status, (status) => change({ status })));
}

function sureField() {
  const slider = make("input", { type: "range", min: 0, max: 100, step: 5, value: filters.sure });
  const told = make("output", {}, `${filters.sure} %`);
  slider.addEventListener("input", () => { told.textContent = `${slider.value} %`; change({ sure: Number(slider.value) }); });
  return field("At least as sure as", make("span", { class: "slider" }, slider, told));
}

function relationField() {
  const tally = new Map();
  for (const { p } of facts) tally.set(p, (tally.get(p) ?? 0) + 1);
  const ranked = Object.keys(relations).sort((a, b) => tally.get(b) - tally.get(a) || (a < b ? -1 : 1));
  const boxes = ranked.map((name) => {
    const tick = make("input", { type: "checkbox" });
    tick.checked = !filters.relations.has(name);
    tick.dataset.relation = name;
    tick.addEventListener("change", () => {
      if (tick.checked) filters.relations.delete(name);
      else filters.relations.add(name);
      change({});
    });
    return make("label", {}, tick, relations[name][0], make("b", {}, tally.get(name).toLocaleString("en")));
  });
  const every = (on) => make("button", { type: "button", class: "plain", onclick: () => {
    filters.relations = new Set(on ? [] : ranked);
    for (const tick of byId("filters").querySelectorAll("[data-relation]")) tick.checked = on;
    change({});
  } }, on ? "All" : "None");
  const listed = make("details", { class: "pick", id: "relations" }, make("summary", {}, relationWords()), make("div", {}, make("p", {}, every(true), every(false)), ...boxes));
  return make("div", { class: "field", role: "group", "aria-label": "Relations" }, make("span", {}, "Relations"), listed);
}

function relationWords() {
  const all = Object.keys(relations).length;
  return filters.relations.size ? `${all - filters.relations.size} of ${all}` : `all ${all}`;
}

function articleField() {
  const titles = articles.map(([title, date], i) => [String(i), date ? `${title} (${date})` : title]);
  const options = [["", `all ${articles.length.toLocaleString("en")}`], ...titles];
  return field("Article", chooser(options, filters.article === null ? "" : String(filters.article), (value) => change({ article: value === "" ? null : Number(value) })));
}

function textField() {
  const input = make("input", { type: "search", value: filters.text, placeholder: "in names and sentences", maxlength: 200, spellcheck: "false" });
  input.addEventListener("input", () => { clearTimeout(input.timer); input.timer = setTimeout(() => change({ text: input.value.trim() }), 150); });
  return field("Words", input);
}

function outcome() {
  const wipe = make("button", { type: "button", class: "plain", id: "wipe", onclick: clearFilters }, "Clear filters");
  return make("p", { class: "outcome" }, make("span", { id: "outcome", role: "status" }), wipe);
}

function change(some) {
  Object.assign(filters, some);
  changed();
}

function clearFilters() {
  Object.assign(filters, { types: new Set(), relations: new Set(), years: WHOLE, sure: 0, status: "", article: null, text: "" });
  drawLegend();
  drawFilters();
  changed();
}

// Say what the filters leave, on the button and beside them.
function tellFilters() {
  const n = narrowed();
  const left = kept.facts.reduce((sum, pass) => sum + pass, 0);
  byId("outcome").textContent = `${left.toLocaleString("en")} of ${count(facts.length, "fact", "facts")}`;
  byId("wipe").hidden = !n && !filters.types.size;
  byId("badge").textContent = n || "";
  byId("badge").hidden = !n;
  byId("relations").querySelector("summary").textContent = relationWords();
}
