// What the columns of an answer are: `x` and `xLabel` belong together; dates, numbers and entities are told by their values.
import { isEntity } from "./known.js";
import { datatype, isNumber } from "./terms.js";

const DATE = /^-?\d{4}(-\d\d(-\d\d(T.*)?)?)?(Z|[+-]\d\d:\d\d)?$/;
const DATES = new Set(["gYear", "gYearMonth", "date", "dateTime"]);

export const isDate = (term) => Boolean(term && term.type === "literal" && DATE.test(term.value)
  && (DATES.has(datatype(term)) || !datatype(term) || datatype(term) === "string"));

const all = (rows, i, test) => rows.some((row) => row[i]) && rows.every((row) => !row[i] || test(row[i]));

// The columns of an answer as they are shown: index, name, and the index of the column that names what is in it.
export const columns = ({ columns: names, rows }) => {
  const labels = new Map();
  names.forEach((name, i) => {
    const whose = name.endsWith("Label") ? names.indexOf(name.slice(0, -"Label".length)) : -1;
    if (whose >= 0) labels.set(whose, i);
  });
  const taken = new Set(labels.values());
  return names.map((name, i) => ({
    name, i, label: labels.get(i) ?? null,
    number: all(rows, i, isNumber), date: all(rows, i, isDate), entity: rows.some((row) => isEntity(row[i])),
  })).filter(({ i }) => !taken.has(i));
};

// The words for a cell: its name where it has one.
export const words = (row, column) => {
  const label = column.label === null ? null : row[column.label];
  const term = row[column.i];
  return label && (!term || term.type !== "literal") ? label.value : null;
};
