// Elements of HTML and SVG, made from plain values: text is always text.
const SVG = "http://www.w3.org/2000/svg";

const filled = (made, given, children) => {
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
};

export const element = (name, given = {}, ...children) => filled(document.createElement(name), given, children);

export const drawn = (name, given = {}, ...children) => filled(document.createElementNS(SVG, name), given, children);

export const select = (label, values, chosen, change) => {
  const options = values.map(([value, words]) =>
    element("option", { value, selected: value === chosen }, words === undefined ? value : words));
  return element("label", { class: "choice" }, label, " ",
    element("select", { onchange: (event) => change(event.target.value) }, options));
};

export const button = (words, act, given = {}) => element("button", { type: "button", onclick: act, ...given }, words);
