/** A valve that is held by hand in the drawing of the cell: which clamp that is, and how far it reaches. */
import { between } from "app/network/arrays.js";
import { unitOf } from "app/network/readout.js";

/** Where a tap that is turned is held. */
export const REACHES = { here: "at this word", on: "from this word on", all: "at every word" };
/** In which units. */
export const WIDTHS = { one: "in this unit", best: "in the best 3", every: "in all units" };

/** The site of a tap, or null where the cell has none that could be held by itself. */
function siteOf(app, view, side, name) {
  const gate = app.model.config.cell === "gru" ? { f: "z" }[name] : name;
  return gate && app.model.gates.includes(gate) ? `${side}.l${view.layer}.${gate}` : null;
}

function stepsOf(app, reach) {
  const { side, t } = app.where();
  const { n, now } = app.runs();
  if (reach === "all") return null;
  const steps = reach === "here" ? [t] : between(t, now[side].steps - 1);
  return side === "enc" ? steps.map((step) => app.model.placeOf(step, n)).sort((a, b) => a - b) : steps;
}

/** The units of a width; null for all of them. */
function unitsOf(app, view, side, width) {
  const unit = unitOf(app, view, side);
  if (width === "one") return unit === null ? null : [unit];
  const best = app.top(3, side, view.layer);
  return width === "best" && best.length ? best : null;
}

/** @param app the page's @param {{reach: string, width: string}} how where a tap is held, as it is chosen last */
export function makeHolds(app, how) {
  const { store } = app;
  /** The clamp that holds a tap at the word under the cursor, or −1. */
  function held(view, name) {
    const { side } = app.where();
    const [place] = stepsOf(app, "here");
    const site = siteOf(app, view, side, name);
    const unit = unitOf(app, view, side);
    return view.edits.findLastIndex(
      (edit) =>
        edit.site === site &&
        (!edit.steps || edit.steps.includes(place)) &&
        (!edit.units || (unit !== null && edit.units.includes(unit))),
    );
  }
  return {
    can: (view, name) => siteOf(app, view, "dec", name) !== null,
    isHeld: (view, name) => held(view, name) >= 0,
    turn(name, value) {
      const view = store.get();
      const { side } = app.where();
      const k = held(view, name);
      const site = siteOf(app, view, side, name);
      const edit = {
        site,
        units: unitsOf(app, view, side, how.width),
        steps: stepsOf(app, how.reach),
        op: "set",
        value,
      };
      const turned = (old, j) => (j === k ? { site, units: old.units, steps: old.steps, op: "set", value } : old);
      store.set({ edits: k < 0 ? [...view.edits, edit] : view.edits.map(turned) });
    },
    free(name) {
      const view = store.get();
      const k = held(view, name);
      if (k >= 0) store.set({ edits: view.edits.filter((_, j) => j !== k) });
    },
    /** What is held reaches as far as is now chosen. */
    widen() {
      const view = store.get();
      const { side } = app.where();
      const units = unitsOf(app, view, side, how.width);
      const mine = ["f", "i", "o"].map((name) => held(view, name)).filter((k) => k >= 0);
      if (!mine.length) return;
      const steps = stepsOf(app, how.reach);
      store.set({ edits: view.edits.map((edit, k) => (mine.includes(k) ? { ...edit, units, steps } : edit)) });
    },
  };
}
