// Wakes the components that gain something from scripts. Every page also works without.
import { initAll } from "./govuk-frontend.min.js";

initAll();

// A button to print with is there only where it can.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Paper shows what is folded on the screen.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const folded of opened) folded.open = true;
});
window.addEventListener("afterprint", () => {
  for (const folded of opened) folded.open = false;
});

// What opens below the bar closes when one goes elsewhere, or by Escape.
for (const drop of document.querySelectorAll(".app-drop")) {
  document.addEventListener("click", (event) => {
    if (!drop.contains(event.target)) drop.open = false;
  });
  drop.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drop.open) {
      drop.open = false;
      drop.querySelector("summary").focus();
    }
  });
}

// The contents mark the part that is being read: the last whose heading has come to the top.
const parts = new Map();
for (const link of document.querySelectorAll(".app-contents a[href^='#']")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) parts.set(heading, link);
}
if (parts.size) {
  const mark = () => {
    let current = null;
    for (const [heading, link] of parts) {
      if (heading.getBoundingClientRect().top < 120) current = link;
    }
    for (const link of parts.values()) {
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let waits = false;
  addEventListener("scroll", () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      mark();
    });
  }, { passive: true });
  mark();
}
