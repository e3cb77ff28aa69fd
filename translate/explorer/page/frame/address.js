/** The page's address: it follows the view, and Back goes to the view before. */

/** What one goes back from; a change of all else is part of the same place. */
const PLACES = ["screen", "step", "sentence"];

/** What is being typed is no new place at every letter. */
const isTyped = (why) => why.has("sentence") && document.activeElement?.type === "text";

/** The view that the address names; of a saved copy, the one it was saved at. */
export const linked = () => location.hash || (document.documentElement.dataset.view ?? "");

export function followAddress({ store, problem }) {
  const now = () => `#${store.hash()}`;
  let known = location.hash; // as it was last read or written
  let address = now(); // of the view that is shown
  let writing = 0;
  let isReading = false;
  const write = (how = "replaceState") => {
    clearTimeout(writing);
    writing = 0;
    if (location.hash !== known) return; // somebody has just gone elsewhere, which is about to be read
    history[how](null, "", address);
    known = location.hash;
  };
  store.subscribe((_view, why) => {
    if (!isReading && PLACES.some((name) => why.has(name)) && !isTyped(why)) {
      if (writing) write(); // the place that is left, as it was last
      address = now();
      write("pushState");
      return;
    }
    address = now();
    clearTimeout(writing); // browsers bound how often a page may change its address
    writing = setTimeout(() => write(), 250);
  });
  addEventListener("hashchange", () => {
    clearTimeout(writing);
    writing = 0;
    known = location.hash;
    isReading = true;
    problem(store.read(linked()));
    isReading = false;
  });
}
