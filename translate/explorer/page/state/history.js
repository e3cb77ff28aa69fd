/**
 * The clamps as they were: one step back for each thing that was done, wherever on the page it was done. What a hand
 * does between pressing and letting go is one thing.
 */

const of = ({ edits, draft }) => ({ edits, draft });
const isSame = (a, b) => JSON.stringify(of(a)) === JSON.stringify(of(b));

/** @param store the page's, whose `edits` and `draft` can be taken back */
export function makeHistory(store) {
  const past = [];
  let last = store.get();
  let isHeld = false; // within one movement of the hand
  let isBack = false;
  store.subscribe((view) => {
    const isDone = !isSame(view, last) && view.sentence === last.sentence && !isBack;
    if (isDone && !(isHeld && past.at(-1)?.held === isHeld)) past.push({ ...of(last), held: isHeld });
    last = view;
  });
  return {
    can: () => past.length > 0,
    back() {
      if (!past.length) return;
      const { edits, draft } = past.pop();
      isBack = true;
      store.set({ edits, draft });
      isBack = false;
    },
    /** A movement begins: what follows until `release` is one step. */
    hold() {
      isHeld ||= Symbol("one movement");
    },
    release() {
      isHeld = false;
    },
  };
}
