// Wakes the components that gain something from scripts. Every page also works without.
import { initAll } from "./govuk-frontend.min.js";

initAll();

// A button to print with is there only where it can.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
