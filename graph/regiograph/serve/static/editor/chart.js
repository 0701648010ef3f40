// A column of numbers as bars, each beside its name; negative ones to the left of nought.
import { columns } from "./columns.js";
import { drawn, element, select } from "./elements.js";
import { cell } from "./table.js";

const MOST = 60;

const bar = (value, least, most) => {
  const x = (number) => ((number - least) / (most - least || 1)) * 100;
  return drawn("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    drawn("rect", { x: Math.min(x(0), x(value)), y: 1, width: Math.max(0.3, Math.abs(x(value) - x(0))), height: 8 }));
};

const number = (value) => (Number.isFinite(value) ? value.toLocaleString("en", { maximumFractionDigits: 2 }) : String(value));

export const chart = (place, answer) => {
  const shown = columns(answer), numbers = shown.filter((column) => column.number);
  const names = shown.filter((column) => !column.number);
  if (!numbers.length || !names.length) {
    place.replaceChildren(element("p", { class: "none" }, "Bars need a column of numbers and another that names them."));
    return;
  }
  const state = { name: (names.find((column) => column.entity) || names[0]).name, number: numbers.at(-1).name, order: "size" };
  const draw = () => {
    const by = shown.find((column) => column.name === state.number), of = shown.find((column) => column.name === state.name);
    const rows = answer.rows.filter((row) => row[by.i]);
    if (state.order === "size") rows.sort((one, other) => Number(other[by.i].value) - Number(one[by.i].value));
    const values = rows.slice(0, MOST).map((row) => Number(row[by.i].value)).filter(Number.isFinite);
    const least = Math.min(0, ...values), most = Math.max(0, ...values);
    const set = (key) => (value) => { state[key] = value; draw(); };
    place.replaceChildren(
      element("div", { class: "tools" },
        select("Bars", numbers.map((each) => [each.name]), state.number, set("number")),
        select("of", names.map((each) => [each.name]), state.name, set("name")),
        select("in the order of", [["size", "size"], ["rows", "the rows"]], state.order, set("order"))),
      rows.length > MOST ? element("p", { class: "legend" }, `The first ${MOST} of ${rows.length.toLocaleString("en")}.`) : "",
      element("table", { class: "bars" },
        element("caption", { class: "unseen" }, `${by.name} of ${of.name}`),
        element("tbody", {}, rows.slice(0, MOST).map((row) => element("tr", {},
          element("th", { scope: "row" }, cell(row, of)),
          element("td", { class: "bar" }, bar(Number(row[by.i].value), least, most)),
          element("td", { class: "number" }, number(Number(row[by.i].value))))))));
  };
  draw();
};
