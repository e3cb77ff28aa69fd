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
  let left = []; // addresses of places that were left and are not written yet
  let writing = 0;
  let isReading = false;
  const put = (how, hash) => {
    history[how](null, "", hash);
    known = location.hash;
  };
  const write = () => {
    const places = [...left, address];
    left = [];
    if (location.hash !== known) return; // somebody has just gone elsewhere, which is about to be read
    places.forEach((place, k) => {
      put(k ? "pushState" : "replaceState", place);
    });
  };
  store.subscribe((_view, why) => {
    const isPlace = !isReading && PLACES.some((name) => why.has(name)) && !isTyped(why);
    if (isPlace) left.push(address); // written once all is drawn: it takes the browser longer than the network
    address = now();
    clearTimeout(writing); // browsers bound how often a page may change its address
    writing = setTimeout(write, isPlace || left.length ? 0 : 250);
  });
  addEventListener("hashchange", () => {
    clearTimeout(writing);
    left = [];
    known = location.hash;
    isReading = true;
    problem(store.read(linked()));
    isReading = false;
  });
}
