// Views of an answer as tabs (WAI-ARIA Authoring Practices); each is drawn when it is first looked at.
import { element } from "./elements.js";

export const tabs = (label, views, chosen, change) => {
  const heads = views.map(({ name, title }) => element("button", {
    type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`,
  }, title));
  const panels = views.map(({ name }) => element("div", {
    role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}`, tabindex: "0", hidden: true,
  }));
  const opened = new Set();
  const open = (at) => {
    heads.forEach((head, i) => {
      head.setAttribute("aria-selected", String(i === at));
      head.tabIndex = i === at ? 0 : -1;
      panels[i].hidden = i !== at;
    });
    if (!opened.has(at)) views[at].draw(panels[at]);
    opened.add(at);
  };
  const STEPS = { ArrowRight: 1, ArrowLeft: -1 };
  heads.forEach((head, i) => {
    head.addEventListener("click", () => { open(i); change(views[i].name); });
    head.addEventListener("keydown", (event) => {
      const to = event.key === "Home" ? 0 : event.key === "End" ? heads.length - 1
        : event.key in STEPS ? (i + STEPS[event.key] + heads.length) % heads.length : null;
      if (to === null) return;
      event.preventDefault();
      heads[to].focus();
      heads[to].click();
    });
  });
  const begin = () => open(Math.max(0, views.findIndex((view) => view.name === chosen)));
  return { whole: [element("div", { role: "tablist", "aria-label": label, class: "tabs" }, heads), panels], begin };
};
