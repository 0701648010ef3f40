"use strict";
// A sentence that the address names lights up as a whole, also where others begin or end within it.
const light = () => {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const number = place ? place.dataset.number : undefined;
  document.querySelectorAll("mark").forEach((mark) => {
    mark.classList.toggle("lit", number !== undefined && mark.dataset.said.split(" ").includes(number));
  });
};
addEventListener("hashchange", light);
light();

const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => print());
