// What a person does, and what follows from it. The address keeps what is selected: #e=IRI.

const numbers = new Map(entities.map((entity, i) => [entity.iri, i]));

function selectEntity(i) {
  const address = `#e=${encodeURIComponent(entities[i].iri)}`;
  if (location.hash !== address) history.pushState(null, "", address);
  applyAddress();
}

function selectLine(id) {
  state.entity = null;
  state.line = id;
  showLine(id);
  raise(true);
  show();
}

function clear() {
  state.entity = state.line = null;
  state.revealed.clear();
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  showOverview();
  raise(false);
  if (picture.network) show();
}

function applyAddress() {
  const [, name, value] = location.hash.match(/^#(e)=(.*)$/u) ?? [];
  const i = name && numbers.get(decoded(value));
  if (i === undefined) return location.hash === "#panel" ? undefined : clear();
  state.line = null;
  state.entity = i;
  state.hidden.delete(entities[i].type);
  reveal(i);
  drawLegend();
  showEntity(i);
  raise(true);
  show();
  return bringIntoView(i);
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// On a phone the panel is a sheet at the bottom; elsewhere this changes nothing.
function raise(up) {
  byId("panel").classList.toggle("up", up);
  byId("sheet").setAttribute("aria-expanded", String(up));
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && document.activeElement !== box) {
    event.preventDefault();
    box.focus();
  } else if (event.key === "Escape") {
    if (document.activeElement === box && box.value) {
      box.value = "";
      open(false);
    } else {
      box.blur();
      clear();
    }
  }
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
    fit(false);
  }, 150);
}

// Paper gets the picture as it stands: a canvas cannot be laid out anew while the browser waits.
function onPrint() {
  const source = byId("canvas").querySelector("canvas");
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
  if (state.entity !== null) showEntity(state.entity);
  else if (state.line !== null) showLine(state.line);
  else showOverview();
  show();
}

function start() {
  drawLegend();
  draw();
  const { network } = picture;
  network.on("click", ({ nodes, edges }) => {
    if (nodes.length) selectEntity(nodes[0]);
    else if (edges.length) selectLine(edges[0]);
    else clear();
  });
  network.on("hoverNode", ({ node }) => { state.hover = node; byId("canvas").classList.add("pointing"); network.redraw(); });
  network.on("blurNode", () => { state.hover = null; byId("canvas").classList.remove("pointing"); network.redraw(); });
  network.on("hoverEdge", () => byId("canvas").classList.add("pointing"));
  network.on("blurEdge", () => byId("canvas").classList.remove("pointing"));
  byId("tools").addEventListener("click", ({ target }) => {
    const act = { in: () => zoom(1.35), out: () => zoom(1 / 1.35), fit: () => fit(true) };
    act[target.closest("button")?.dataset.do]?.();
  });
  box.addEventListener("input", search);
  box.addEventListener("focus", () => box.value && search());
  box.addEventListener("blur", () => open(false));
  box.addEventListener("keydown", searchKey);
  byId("panel").addEventListener("focusin", ({ target }) => target.id !== "sheet" && raise(true));
  byId("sheet").addEventListener("click", () => raise(!byId("panel").classList.contains("up")));
  byId("table").addEventListener("toggle", drawTable, { once: true });
  document.addEventListener("keydown", onKey);
  addEventListener("hashchange", applyAddress);
  addEventListener("resize", onResize);
  addEventListener("beforeprint", onPrint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", onTheme);
  applyAddress();
}

if (entities.length) start();
