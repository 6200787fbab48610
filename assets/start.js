// Wakes the components that gain something from scripts. Every page also works without.
import { initAll } from "./govuk-frontend.min.js";

initAll();
