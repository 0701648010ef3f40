// Dates in words, as precise as they are.
const MONTHS = "January February March April May June July August September October November December".split(" ");

export const dated = (value) => {
  const [, year, month, day] = /^(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(value);
  return [day && Number(day), month && MONTHS[month - 1], year].filter(Boolean).join(" ");
};

export const precision = (value) => {
  const parts = /^-?(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(value);
  return parts[3] ? "day" : parts[2] ? "month" : "year";
};

// When a date lies, in years, for drawing: the middle of a year or a month that is all that is known.
export const position = (value) => {
  const [, year, month, day] = /^(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(value);
  if (!month) return Number(year) + 0.5;
  return Number(year) + (Number(month) - 1) / 12 + (day ? Number(day) / 372 : 1 / 24);
};
