// What a person does, and what follows from it.

// Select something, or with {} nothing; the filters stay.
function select(some) {
  Object.assign(state, nothing(), some);
  if (state.entity !== null && filters.types.delete(entities[state.entity].type)) drawLegend();
  update(true);
  raise(Object.keys(some).length > 0);
}

// Filters or colours have changed: the selection stays, if it can still be seen.
function changed() {
  update(false);
}

function update(newView) {
  applyFilters();
  picture.focus = focus();
  const entered = stage() !== picture.stage;
  if (entered) arrange();
  reveal(wantedNow());
  show();
  if (entered) fit(false);
  showSelected();
  tellFilters();
  tellYears();
  drawTable();
  keepAddress(newView);
  if (newView && picture.focus) bringIntoView([...picture.focus.nodes]);
}

// Entities that are not drawn but asked for: what is selected, and else what a narrow filter leaves.
function wantedNow() {
  if (picture.focus) return [...(state.entity === null ? [] : [state.entity]), ...picture.focus.nodes].filter(isKept);
  const left = kept.entities ? entities.map((_, i) => i).filter((i) => kept.entities[i]) : [];
  return left.length <= REVEALED_AT_MOST ? left : [];
}

function showSelected() {
  if (state.line !== null) showLine(state.line);
  else if (state.to !== null) showPath();
  else if (state.entity !== null) showEntity(state.entity);
  else if (state.step !== null) showStep(state.step);
  else if (state.broker !== null) showBroker(state.broker);
  else if (state.differing !== null) showDiffering(state.differing);
  else if (state.years !== null) showYears(state.years);
  else if (state.group !== null) showGroup(state.group);
  else showOverview();
}

function applyAddress() {
  if (location.hash === "#panel") return;
  readAddress();
  drawLegend();
  drawFilters();
  update(false);
  raise(picture.focus !== null);
  if (picture.focus) bringIntoView([...picture.focus.nodes]);
}

// On a phone the panel is a sheet at the bottom; elsewhere this changes nothing.
function raise(up) {
  byId("panel").classList.toggle("up", up);
  byId("sheet").setAttribute("aria-expanded", String(up));
}

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const typing = /^(?:INPUT|SELECT|TEXTAREA)$/u.test(document.activeElement.tagName);
  if (event.key === "/" && !typing) {
    event.preventDefault();
    byId("search").focus();
  } else if (event.key === "Escape") {
    document.activeElement.blur();
    closeMenus();
    select({});
  }
}

// In the picture arrows walk from an entity to the neighbour that lies that way; Enter goes to its facts.
function onPictureKey(event) {
  const act = { "+": () => zoom(1.35), "-": () => zoom(1 / 1.35), 0: () => fit(true), Enter: () => byId("panel").focus() }[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey || !(act || event.key in ARROWS)) return;
  event.preventDefault();
  if (act) return act();
  if (picture.stage === "groups") return select({ group: 0 });
  const next = state.entity === null ? entities.findIndex((_, i) => isShown(i)) : neighbourThatWay(state.entity, ARROWS[event.key]);
  if (next === undefined || next < 0) return say("No neighbour that way");
  select({ entity: next });
  const { label, type } = entities[next];
  return say(`${label}, ${types[type].label}, ${count(neighbours(next).size, "link", "links")}`);
}

// The nearest neighbour within a right angle; a turn off the way makes it farther.
function neighbourThatWay(i, [dx, dy]) {
  const here = picture.network.getPosition(i);
  const far = (other) => {
    const { x, y } = picture.network.getPosition(other);
    const [along, aside] = [(x - here.x) * dx + (y - here.y) * dy, (x - here.x) * dy + (y - here.y) * dx];
    return along > 0 && along >= Math.abs(aside) * 0.99 ? Math.hypot(along, 2 * aside) : Infinity;
  };
  return [...neighbours(i)].filter((other) => isShown(other) && other !== i).map((other) => [far(other), other])
    .filter(([distance]) => distance < Infinity).sort((a, b) => a[0] - b[0])[0]?.[1];
}

const seen = { width: innerWidth, timer: 0 };

// On a phone only a turn counts: its bars and its keyboard change the height all the time.
function onResize() {
  if (!byId("canvas").clientWidth || (isSheet() && innerWidth === seen.width)) return;
  seen.width = innerWidth;
  clearTimeout(seen.timer);
  seen.timer = setTimeout(() => {
    arrange();
    show();
    drawYears();
    tellYears();
    fit(false);
  }, 150);
}

// Paper gets the picture as it stands, the facts of the panel and all rows of the table, each with its source.
function onPrint() {
  byId("table").open = true;
  drawTable();
  byId("table").all();
  const source = byId("canvas").querySelector("canvas");
  if (!source.width) return;
  const copy = Object.assign(document.createElement("canvas"), { width: source.width, height: source.height });
  const ctx = copy.getContext("2d");
  ctx.fillStyle = colours.surface;
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(source, 0, 0);
  byId("printed")?.remove();
  byId("canvas").after(make("img", { id: "printed", alt: "", src: copy.toDataURL() }));
}

function onTheme() {
  readColours();
  drawLegend();
  showSelected();
  show();
}

function switchTheme() {
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark" || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  onTheme();
}

function closeMenus() {
  for (const menu of document.querySelectorAll("details.menu[open], details.pick[open]")) menu.open = false;
}

function showFilters() {
  const opened = byId("filters").hidden;
  byId("filters").hidden = !opened;
  document.querySelector("[data-do=filters]").setAttribute("aria-expanded", String(opened));
  onResize();
}

const ACTS = {
  in: () => zoom(1.35),
  out: () => zoom(1 / 1.35),
  fit: () => fit(true),
  story: () => select({ step: 0 }),
  filters: showFilters,
  theme: switchTheme,
  png: savePng,
  svg: saveSvg,
  csv: saveCsv,
  print: () => print(),
};

function start() {
  drawYears();
  draw();
  const { network } = picture;
  network.once("afterDrawing", () => performance.mark("picture"));
  network.on("click", ({ nodes, edges }) => {
    if (nodes.length) select(isSign(nodes[0]) ? { group: nodes[0] - N } : { entity: nodes[0] });
    else if (edges.length) edges[0] in lines && select({ line: edges[0] });
    else select({});
  });
  network.on("hoverNode", ({ node }) => { state.hover = node; byId("canvas").classList.add("pointing"); network.redraw(); });
  network.on("blurNode", () => { state.hover = null; byId("canvas").classList.remove("pointing"); network.redraw(); });
  network.on("hoverEdge", () => byId("canvas").classList.add("pointing"));
  network.on("blurEdge", () => byId("canvas").classList.remove("pointing"));
  document.addEventListener("click", ({ target }) => {
    if (!target.closest("details.menu, details.pick") || target.closest("details.menu div button")) closeMenus();
    ACTS[target.closest("[data-do]")?.dataset.do]?.();
  });
  combobox(byId("search"), byId("found"), (i) => { select({ entity: i }); byId("panel").focus({ preventScroll: true }); });
  byId("canvas").addEventListener("keydown", onPictureKey);
  byId("panel").addEventListener("focusin", ({ target }) => target.id !== "sheet" && raise(true));
  byId("sheet").addEventListener("click", () => raise(!byId("panel").classList.contains("up")));
  byId("table").addEventListener("toggle", drawTable);
  document.addEventListener("keydown", onKey);
  addEventListener("hashchange", applyAddress);
  addEventListener("popstate", applyAddress);
  addEventListener("resize", onResize);
  addEventListener("beforeprint", onPrint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", onTheme);
  applyAddress();
}

if (entities.length) start();
