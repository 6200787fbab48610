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

// Boxes are drawn on a picture that is to be redacted; each is a line of numbers in the form, as can be typed there.
for (const picture of document.querySelectorAll("img[data-boxes]")) {
  const lines = document.getElementById(picture.dataset.boxes);
  if (!lines) continue;
  const frame = document.createElement("span");
  frame.className = "app-boxes";
  picture.replaceWith(frame);
  frame.append(picture);
  picture.draggable = false;
  let box = null;
  let from = null;
  const place = (event) => {
    const bounds = picture.getBoundingClientRect();
    const inside = (value, most) => Math.max(0, Math.min(value, most));
    return [inside(event.clientX - bounds.left, bounds.width), inside(event.clientY - bounds.top, bounds.height)];
  };
  const corners = (to) => [0, 1].map((axis) => [Math.min(from[axis], to[axis]), Math.max(from[axis], to[axis])]);
  frame.addEventListener("pointerdown", (event) => {
    from = place(event);
    box = document.createElement("span");
    box.className = "app-boxes__box";
    frame.append(box);
    frame.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  frame.addEventListener("pointermove", (event) => {
    if (!box) return;
    const [across, down] = corners(place(event));
    Object.assign(box.style, {
      left: `${across[0]}px`, top: `${down[0]}px`, width: `${across[1] - across[0]}px`, height: `${down[1] - down[0]}px`,
    });
  });
  frame.addEventListener("pointerup", (event) => {
    if (!box) return;
    const [across, down] = corners(place(event));
    const scale = picture.naturalWidth / picture.getBoundingClientRect().width;
    const [left, right] = [Math.floor(across[0] * scale), Math.min(picture.naturalWidth, Math.ceil(across[1] * scale))];
    const [top, bottom] = [Math.floor(down[0] * scale), Math.min(picture.naturalHeight, Math.ceil(down[1] * scale))];
    if (right - left < 4 || bottom - top < 4) box.remove();
    else lines.value = `${lines.value.trimEnd()}\n${left}, ${top}, ${right - left}, ${bottom - top}`.trimStart();
    box = null;
  });
}
