// The answer as a table: names for IRIs, to be sorted and searched; drawn piece by piece, as answers may be long.
import { columns, words } from "./columns.js";
import { button, element } from "./elements.js";
import { compact, named } from "./known.js";
import { datatype } from "./terms.js";

const STEP = 200;
const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

const kind = (term) => (term["xml:lang"] ? `@${term["xml:lang"]}` : datatype(term));

const literal = (term, column) => {
  const type = kind(term);
  const told = type && type !== "string" && !column.number ? element("small", { class: "type" }, compact(type)) : null;
  return [element("span", { title: type || null }, term.value), told && " ", told];
};

export const cell = (row, column, addresses = false) => {
  const term = row[column.i], label = words(row, column);
  if (!term) return label ?? "";
  if (term.type === "uri")
    return [named(term.value, label), addresses ? element("small", { class: "address" }, term.value) : null];
  return term.type === "bnode" ? element("span", { class: "blank" }, `_:${term.value}`) : literal(term, column);
};

const text = (row, column) => words(row, column) ?? row[column.i]?.value ?? "";

const compared = (column) => (one, other) => {
  const a = text(one, column), b = text(other, column);
  if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
  return column.number ? Number(a) - Number(b) : order.compare(a, b);
};

export const table = (place, answer, meanings = {}) => {
  const shown = columns(answer);
  const state = { by: null, down: false, wanted: "", addresses: false, most: STEP };
  const body = element("tbody"), more = element("p", { class: "more" }), count = element("p", { role: "status", class: "unseen" });

  const chosen = () => {
    const wanted = state.wanted.toLowerCase();
    const found = answer.rows.filter((row) => !wanted
      || row.some((term) => term && term.value.toLowerCase().includes(wanted)));
    if (!state.by) return found;
    const sorted = [...found].sort(compared(state.by));
    return state.down ? sorted.reverse() : sorted;
  };
  const draw = () => {
    const rows = chosen();
    body.replaceChildren(...rows.slice(0, state.most).map((row, i) => element("tr", {},
      element("td", { class: "at" }, i + 1),
      shown.map((column) => element("td", { class: column.number ? "number" : column.date ? "date" : null }, cell(row, column, state.addresses))))));
    const rest = rows.length - state.most;
    more.replaceChildren(...(rest > 0 ? [button(`Show ${Math.min(rest, STEP)} more of ${rest.toLocaleString("en")}`,
      () => { state.most += STEP; draw(); })] : []));
    count.textContent = state.wanted ? `${rows.length} rows found` : "";
  };
  const sort = (column, head) => {
    state.down = state.by === column && !state.down;
    state.by = column;
    head.closest("tr").querySelectorAll("th").forEach((each) => each.removeAttribute("aria-sort"));
    head.closest("th").setAttribute("aria-sort", state.down ? "descending" : "ascending");
    draw();
  };
  const head = (column) => element("th", { scope: "col", class: column.number ? "number" : null },
    button(column.name, (event) => sort(column, event.currentTarget), { title: meanings[column.name] || null }));

  const search = element("input", { type: "search", placeholder: "Search in the rows", "aria-label": "Search in the rows",
    oninput: (event) => { state.wanted = event.target.value.trim(); state.most = STEP; draw(); } });
  const addresses = element("label", { class: "choice" },
    element("input", { type: "checkbox", onchange: (event) => { state.addresses = event.target.checked; draw(); } }), " IRIs");
  place.replaceChildren(
    element("div", { class: "tools" }, search, addresses, count),
    element("div", { class: "scrolls", tabindex: "0", role: "region", "aria-label": "Rows" },
      element("table", {}, element("thead", {}, element("tr", {}, element("td", { class: "at" }), shown.map(head))), body)), more);
  draw();
};
