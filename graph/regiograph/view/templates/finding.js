// Search: one box at the top, and one wherever a second entity is asked for.

const FOUND_AT_MOST = 12;

const searchable = entities.map((entity) => [entity.label, ...entity.names].map(folded));

// A name that starts so comes before one with a word that does, that before one that holds it anywhere.
function find(query) {
  const wanted = folded(query.trim());
  if (!wanted) return [];
  const rank = (names) => Math.min(...names.map((name, at) => {
    const base = name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) ? 2 : name.includes(wanted) ? 4 : Infinity;
    return base + (at ? 1 : 0);
  }));
  return searchable.map((names, i) => [rank(names), i]).filter(([r]) => r < Infinity)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, i]) => i);
}

// An input and a list become a combobox (ARIA 1.2), which calls `onChoice` with the number of an entity.
function combobox(input, list, onChoice) {
  let active = -1;
  const open = (yes) => {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
  };
  const mark = () => {
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
    list.children[active]?.scrollIntoView({ block: "nearest" });
  };
  const choose = (i) => {
    input.value = "";
    open(false);
    onChoice(i);
  };
  const option = (i, at) => {
    const item = make("li", { role: "option", id: `${list.id}-${at}` }, sign(entities[i].type), named(entities[i].label), make("small", {}, types[entities[i].type].label));
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => choose(i));
    item.dataset.entity = i;
    return item;
  };
  const search = () => {
    const hits = find(input.value);
    const shown = hits.slice(0, FOUND_AT_MOST);
    active = shown.length ? 0 : -1;
    list.replaceChildren(...shown.map(option));
    if (!hits.length && input.value.trim()) list.append(make("li", { class: "none", role: "option", "aria-disabled": "true" }, "Nothing found"));
    say(input.value.trim() ? count(hits.length, "entity found", "entities found") : "");
    open(Boolean(list.children.length));
    mark();
  };
  const onKeyDown = (event) => {
    const options = list.querySelectorAll("[data-entity]");
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && options.length) {
      active = (active + steps[event.key] + options.length) % options.length;
      mark();
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      choose(Number(options[active].dataset.entity));
    } else if (event.key === "Escape" && input.value) {
      input.value = "";
      open(false);
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };
  input.addEventListener("input", search);
  input.addEventListener("focus", () => input.value && search());
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", onKeyDown);
}

// What only a screen reader is told.
function say(words) {
  byId("heard").textContent = words;
}
