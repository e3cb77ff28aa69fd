/** The map under a hand: the pointer marks words and pins units, the keys move the map's own cursor. */
const UP = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10 };

const within = (value, most) => Math.max(0, Math.min(most, value));

/**
 * @param {HTMLElement} grid what is touched
 * @param map its `row` and what is `drawn`; `marked(view)`, `point(view)`, `tell(view, column, row)`, `pin(unit)`
 */
export function followPointer(app, grid, map) {
  const { store } = app;
  /** The column and the row under the pointer. */
  function placeOf(event) {
    const { height, lines, cols, steps, lens } = map.drawn;
    const box = grid.getBoundingClientRect();
    const line = within(((event.clientY - box.top) / height) * lines, lines - 1);
    return [within(Math.floor((event.clientX - box.left) / cols.size), steps - 1), lens.rowAt(line)];
  }
  let down = null; // where the pointer was pressed
  grid.addEventListener("pointerdown", (event) => {
    down = placeOf(event);
    grid.setPointerCapture(event.pointerId);
  });
  grid.addEventListener("pointermove", (event) => {
    const [k, row] = placeOf(event);
    if (down && k !== down[0]) store.set({ brush: [Math.min(k, down[0]), Math.max(k, down[0])] });
    else if (!down) map.tell(store.get(), k, row);
  });
  grid.addEventListener("pointerup", (event) => {
    const [k, row] = placeOf(event);
    if (down && k === down[0]) {
      map.row = row;
      app.go(store.get().side, k);
      map.pin(map.drawn.order[row]);
    }
    down = null;
  });
  grid.addEventListener("pointercancel", () => {
    down = null;
  });
  grid.addEventListener("pointerleave", () => map.point(store.get()));
}

/** Left and right: the page's cursor, with Shift the mark; up and down: the row; Enter pins it. */
export function followKeys(app, grid, map) {
  const { store, model } = app;
  grid.addEventListener("keydown", (event) => {
    const { key } = event;
    const view = store.get();
    const { t } = app.where();
    const move = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const up = { ...UP, Home: -model.units, End: model.units }[key];
    const to = within(t + (move ?? 0), map.drawn.steps - 1);
    if (move && event.shiftKey) {
      const [a, b] = map.marked(view);
      const from = a === t ? b : a;
      store.set({ brush: [Math.min(from, to), Math.max(from, to)], at: app.placeOf(view.side, to) });
    } else if (move) app.go(view.side, to);
    else if (up) {
      map.row = within(map.row + up, model.units - 1);
      map.point(view);
    } else if (key === "Enter") map.pin(map.drawn.order[map.row]);
    else return;
    event.preventDefault();
  });
}
