// A field in which a name is typed and an entity chosen: a combobox with a list (WAI-ARIA Authoring Practices).
import { element } from "./elements.js";
import { look, sign } from "./known.js";

const PAUSE = 200; // milliseconds after the last key before anything is asked
let count = 0;

const fetched = async (words) => {
  const response = await fetch(`/names?${new URLSearchParams({ q: words })}`);
  return response.ok ? response.json() : [];
};

export const lookup = (given, choose) => {
  const id = `names-${++count}`;
  const list = element("ul", { id, role: "listbox", class: "names-found", "aria-label": "Entities", hidden: true });
  const input = element("input", {
    ...given, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
  });
  let offered = [], at = -1, timer = 0, asked = 0;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const move = (to) => {
    at = offered.length ? (to + offered.length) % offered.length : -1;
    [...list.children].forEach((line, i) => line.setAttribute("aria-selected", String(i === at)));
    if (at < 0) return;
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const take = (i) => {
    const { iri, label } = offered[i];
    input.value = label;
    input.setCustomValidity("");
    close();
    choose(iri);
  };
  const line = (each, i) => element("li",
    { id: `${id}-${i}`, role: "option", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); take(i); } },
    sign(each.iri), element("span", {}, each.label),
    element("small", {}, `${look(each.iri)?.label || each.type}, ${each.articles} article${each.articles === 1 ? "" : "s"}`));
  const offer = async () => {
    const words = input.value.trim(), number = ++asked;
    const found = words ? await fetched(words) : [];
    if (number !== asked || document.activeElement !== input) return;
    offered = found;
    list.replaceChildren(...(found.length || !words ? found.map(line) : [element("li", { class: "none" }, "Nothing is called so")]));
    list.hidden = !words;
    input.setAttribute("aria-expanded", String(!list.hidden));
    move(0);
  };

  input.addEventListener("input", () => {
    input.setCustomValidity(input.value.trim() ? "Choose one of the names in the list." : "");
    if (!input.value.trim()) choose(null);
    clearTimeout(timer);
    timer = setTimeout(offer, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden && offered.length > 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) move(at + (event.key === "ArrowDown" ? 1 : -1));
      else offer();
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      take(at);
    } else if (event.key === "Escape") close();
  });
  input.addEventListener("blur", close);
  return { input, whole: element("div", { class: "lookup" }, input, list) };
};
