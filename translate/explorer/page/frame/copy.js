/** The page as it came, as a file of its own that opens at a view. */

/** @param {HTMLElement} original the page before anything was put into it @param {string} view as a link has it */
export function copyOf(original, view) {
  const page = original.cloneNode(true);
  page.querySelector("script[type=importmap]")?.remove(); // the page makes it anew
  page.dataset.view = view;
  return new Blob([`<!doctype html>\n${page.outerHTML}\n`], { type: "text/html" });
}
