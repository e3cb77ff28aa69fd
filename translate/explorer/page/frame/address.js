/** The page's address: it follows the view, and Back goes to the view before. */

/** What one goes back from; a change of all else is part of the same place. */
const PLACES = ["screen", "step", "sentence"];

/** What is being typed is no new place at every letter. */
const isTyped = (why) => why.has("sentence") && document.activeElement?.type === "text";

export function followAddress({ store, problem }) {
  const now = () => `#${store.hash()}`;
  let address = now(); // of the view that is shown
  let writing = 0;
  let isReading = false;
  const write = () => {
    clearTimeout(writing);
    writing = 0;
    history.replaceState(null, "", address);
  };
  store.subscribe((_view, why) => {
    if (!isReading && PLACES.some((name) => why.has(name)) && !isTyped(why)) {
      if (writing) write(); // the place that is left, as it was last
      address = now();
      history.pushState(null, "", address);
      return;
    }
    address = now();
    clearTimeout(writing); // browsers bound how often a page may change its address
    writing = setTimeout(write, 250);
  });
  addEventListener("hashchange", () => {
    clearTimeout(writing);
    isReading = true;
    problem(store.read(location.hash));
    isReading = false;
  });
}
