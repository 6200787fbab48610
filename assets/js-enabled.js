// Runs before the page is drawn, so that what only works with scripts never flashes up without them.
// The two names are GOV.UK Frontend's. A file of its own, because the site allows no inline script.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
