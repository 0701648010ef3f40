// Rows with a date, in the order of time: a strip to see when much happened, and a list to read.
import { cell } from "./table.js";
import { columns, words } from "./columns.js";
import { dated, position, precision } from "./dates.js";
import { drawn, element, select } from "./elements.js";
import { relation } from "./known.js";

const WIDTH = 1000, HEIGHT = 84, MARGIN = 16;
const ENDS = ["end", "until", "to"];

const strip = (rows, at) => {
  const places = rows.map((row) => position(row[at].value));
  const first = Math.floor(Math.min(...places)), last = Math.ceil(Math.max(...places) + 1e-9);
  const x = (year) => MARGIN + ((year - first) / Math.max(1, last - first)) * (WIDTH - 2 * MARGIN);
  const step = [1, 2, 5, 10, 20, 50, 100, 500].find((each) => (last - first) / each <= 12) || 1000;
  const years = [];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step) years.push(year);
  const heights = new Map();
  const marks = rows.map((row, i) => {
    const slot = Math.round(x(places[i]) / 9), level = heights.get(slot) || 0;
    heights.set(slot, level + 1);
    return level < 7 ? drawn("circle", { class: precision(row[at].value), cx: slot * 9, cy: HEIGHT - 28 - level * 8, r: 3.4 }) : null;
  });
  return drawn("svg", { class: "strip", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    drawn("path", { class: "axis", d: `M${MARGIN} ${HEIGHT - 20}H${WIDTH - MARGIN}` }),
    years.map((year) => [
      drawn("path", { class: "axis", d: `M${x(year)} ${HEIGHT - 20}v4` }),
      drawn("text", { x: x(year), y: HEIGHT - 4, "text-anchor": "middle" }, String(year))]), marks);
};

const spell = (row, at, end) => {
  const until = end && row[end.i] ? ` – ${dated(row[end.i].value)}` : "";
  return `${dated(row[at].value)}${until}`;
};

const ORDER = { subject: 0, relation: 1, object: 2 };

const said = (row, column) => {
  const value = row[column.i];
  if (!value && !words(row, column)) return null;
  if (column.name === "relation" && value.type === "literal") return element("span", { class: "relation" }, relation(value.value));
  if (column.name === "modality") return value.value === "asserted" ? null : element("span", { class: "manner" }, value.value);
  return element("span", { class: column.entity ? null : "notes", title: column.name }, cell(row, column));
};

const list = (rows, at, end, others) => {
  const years = Map.groupBy ? Map.groupBy(rows, (row) => row[at].value.slice(0, 4)) : grouped(rows, at);
  return [...years].map(([year, told]) => element("section", { class: "year" }, element("h3", {}, year),
    element("ol", {}, told.map((row) => element("li", {},
      element("time", { datetime: row[at].value.slice(0, 10), class: precision(row[at].value) }, spell(row, at, end)),
      element("p", {}, others.map((column) => [said(row, column), " "])))))));
};

const grouped = (rows, at) => {
  const years = new Map();
  for (const row of rows) {
    const year = row[at].value.slice(0, 4);
    years.set(year, [...(years.get(year) || []), row]);
  }
  return years;
};

export const timeline = (place, answer) => {
  const shown = columns(answer), dates = shown.filter((column) => column.date);
  if (!dates.length) {
    place.replaceChildren(element("p", { class: "none" }, "No column of this answer holds dates. The question “Timeline” has one, for instance."));
    return;
  }
  const end = shown.find((column) => column.date && ENDS.includes(column.name));
  const draw = (name) => {
    const by = dates.find((column) => column.name === name);
    const others = shown.filter((column) => column !== by && column !== end)
      .sort((one, other) => (ORDER[one.name] ?? 3) - (ORDER[other.name] ?? 3));
    const rows = answer.rows.filter((row) => row[by.i])
      .sort((one, other) => position(one[by.i].value) - position(other[by.i].value));
    const without = answer.rows.length - rows.length;
    place.replaceChildren(
      dates.length > 1 ? element("div", { class: "tools" }, select("By", dates.map((each) => [each.name]), by.name, draw)) : "",
      strip(rows, by.i),
      element("p", { class: "legend" }, element("span", { class: "day" }, "known to the day"),
        element("span", { class: "month" }, "to the month"), element("span", { class: "year" }, "to the year"),
        without ? `${without} without a date` : null),
      ...list(rows, by.i, end === by ? null : end, others));
  };
  draw(dates.find((column) => column !== end)?.name || dates[0].name);
};
