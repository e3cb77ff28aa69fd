/** Units × words on a canvas, with a cursor of its own; below it single units as lines over the same words. */
import { columns, LEFT, labelHeight, labels } from "app/drawing/course.js";
import { diverging, el, fill, heat, mark, path, picture, sequential, svg } from "app/drawing/draw.js";
import { arrange, legend, lensOf } from "app/map/rows.js";
import { range } from "app/network/arrays.js";
import { genderOf, openness } from "app/network/readout.js";
import { number, two } from "app/words/numbers.js";
import { GENDERS, isGate, SITES } from "app/words/terms.js";

const STRIP = 58;
const PINNED = 8;
const HELP = "Units by words. Arrow keys move, Shift and left or right mark words, Enter pins the unit.";
const UP = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10 };

/** @param wide the width that the map may take */
export function makeMap(app, wide) {
  const { store, model } = app;
  const n = model.units;
  const top = el("div");
  const strips = el("div");
  const pins = el("p", { class: "pins" });
  const canvas = el("canvas", { "aria-hidden": "true" });
  const axis = el("p", { class: "axis", "aria-hidden": "true" });
  const cell = el("div", { role: "gridcell", id: "map-cell" });
  const said = el("p", { class: "said", "aria-live": "polite" });
  const explanation = el("p", { class: "small legend" });
  const [here, brushed, ring] = ["column", "brushed", "ring"].map((name) =>
    el("div", { class: name, "aria-hidden": "true" }),
  );
  const grid = el(
    "div",
    { class: "grid", role: "grid", tabindex: 0, "aria-label": HELP, "aria-activedescendant": "map-cell" },
    el("div", { role: "row" }, cell),
  );
  const cells = el("div", { class: "cells" }, axis, canvas, brushed, here, ring, grid);
  const node = el(
    "div",
    { class: "card map" },
    el("div", { class: "wide" }, top, cells, strips),
    said,
    explanation,
    pins,
  );

  let now = null; // what is drawn
  let row = 0; // under the map's own cursor

  const cursor = () => app.where().t;
  /** The marked columns; without a mark the one under the cursor. */
  const marked = (view) => (view.brush ? view.brush.map((k) => Math.min(k, now.steps - 1)) : [cursor(), cursor()]);

  function draw(view, runs) {
    const run = runs.now;
    const { steps, sites } = run[view.side];
    const width = Math.max(wide(), 66 + 22 * steps);
    const cols = columns(width, steps);
    const isRead = view.side === "enc";
    const words = range(steps).map((t) => (isRead ? app.read("enc", t) : app.target.word(run.written[t])));
    const lens = lensOf(view, n);
    const lines = lens.begin(n);
    const height = Math.max(256, Math.min(3 * lines, 448));
    const of = sites[`l${view.layer}.${view.site}`];
    const genders = app.genders(view.side, run, view.layer);
    now = { steps, words, cols, width, height, lens, lines, of, genders, ...arrange(app, view, run) };
    paint(view);
    for (const each of [top, strips]) each.style.width = `${width}px`;
    fill(top, headline(view));
    fill(
      axis,
      range(lens.rows).map((r) =>
        el("span", { style: { height: `${(lens.high / lines) * height}px` } }, `unit ${now.order[r]}`),
      ),
      el("span", null, lens.rows ? `${n - lens.rows} more` : `${n} units`),
    );
    fill(explanation, legend(app, view, now));
    grid.setAttribute("aria-rowcount", n);
    grid.setAttribute("aria-colcount", steps);
  }

  /** The canvas: the values, or of a state that tells the gender what each unit adds to it. */
  function paint(view) {
    const { steps, cols, height, lens, lines, of, order, tells } = now;
    const added = (t, unit) => tells.u[unit] * (of[t * n + unit] - tells.mean[unit]);
    const most = tells ? Math.max(...range(steps).flatMap((t) => range(n).map((unit) => Math.abs(added(t, unit))))) : 1;
    const bounded = (v) => (view.site === "c" ? Math.tanh(v) : v);
    let colour = (v) => diverging(bounded(v), "minus", "plus");
    if (tells) colour = (v) => diverging((1.6 * v) / most, "m", "f");
    if (isGate(view.site)) colour = sequential;
    const unitAt = range(lines).map((line) => order[lens.rowAt(line)]);
    const value = (line, t) => (tells ? added(t, unitAt[line]) : of[t * n + unitAt[line]]);
    heat(canvas, { rows: lines, columns: steps, width: cols.size * steps, height, value, colour });
  }

  /** The words over the columns, and the gender that is read at each. */
  function headline(view) {
    const { words, cols, width, genders, turn } = now;
    const up = labelHeight(words, cols);
    return picture(
      width,
      up + 26,
      `The words${genders ? " and the gender that is read from the memory at each" : ""}`,
      labels(words, cols, up, { up: true, lang: view.side === "dec" ? "cs" : null }),
      genders ? svg("text", { x: 0, y: up + 10, "dominant-baseline": "middle", class: "muted" }, "gender") : null,
      genders?.map((p, t) => mark(genderOf(p), cols.x(t), up + 10, Math.min(6, cols.size / 3))),
      view.sort === "switch" ? svg("path", { class: "turn", d: `M${cols.x(turn) - 5} ${up + 19}h10l-5 6z` }) : null,
    );
  }

  function place(what, from, to, above = 0, below = now.lines) {
    const { cols, height, lines } = now;
    Object.assign(what.style, {
      left: `${from * cols.size}px`,
      width: `${(to - from + 1) * cols.size}px`,
      top: `${(above / lines) * height}px`,
      height: `${((below - above) / lines) * height}px`,
    });
  }

  /** "Token 7 “girl”, unit 69: c 0.12 → 0.97; forget valve 0.04, closed; gender masculine → feminine." */
  function sentence(view, k, r) {
    const unit = now.order[r];
    const part = app.runs().now[view.side];
    const site = `l${view.layer}`;
    const state = `${site}.${model.memory}`;
    const [before, after] = [part.before(state, k)[unit], part.row(state, k)[unit]];
    const facts = [`Token ${k + 1} “${now.words[k]}”, unit ${unit}: ${model.memory} ${two(before)} → ${two(after)}`];
    for (const name of ["f", "i", "o"].filter((each) => part.sites[`${site}.${each}`])) {
      const value = part.row(`${site}.${name}`, k)[unit];
      facts.push(`${SITES[name]} ${value.toFixed(2)}, ${openness(value, app.payload.walk)}`);
    }
    if (now.genders) {
      const [was, is] = [k ? now.genders[k - 1] : 0.5, now.genders[k]].map((p) => GENDERS[genderOf(p)]);
      facts.push(was === is ? `gender ${is}` : `gender ${was} → ${is}`);
    }
    return `${facts.join("; ")}.`;
  }

  function point(view) {
    const k = cursor();
    const text = sentence(view, k, row);
    place(here, k, k);
    place(ring, k, k, now.lens.begin(row), now.lens.begin(row + 1));
    brushed.hidden = !view.brush;
    if (view.brush) place(brushed, ...marked(view));
    cell.textContent = text;
    cell.setAttribute("aria-rowindex", row + 1);
    cell.setAttribute("aria-colindex", k + 1);
    if (said.textContent !== text) said.textContent = text;
  }

  /** The pinned units as lines over the same columns; before any is pinned, the three that tell the gender best. */
  function drawStrips(view) {
    const { cols, of, words, width } = now;
    const name = SITES[view.site];
    const best = app.top(3, view.side, view.layer);
    const unpinned = best.length ? best : range(Math.min(3, n));
    const units = view.pinned.length ? view.pinned : unpinned;
    const value = (t, unit) => of[t * n + unit];
    const valve = isGate(view.site);
    const most = units.map((unit) => (valve ? 1 : Math.max(0.1, ...words.map((_, t) => Math.abs(value(t, unit))))));
    const y = (v, k) => (k + 0.5) * STRIP + (valve ? 0.5 - v : -v / most[k] / 2) * (STRIP - 14);
    const strip = (unit, k) => {
      const points = words.map((_, t) => [cols.x(t), y(value(t, unit), k)]);
      return svg(
        "g",
        { class: "strip" },
        svg("line", { x1: LEFT, x2: width - 14, y1: y(0, k), y2: y(0, k) }),
        svg("text", { x: 0, y: (k + 0.5) * STRIP - 4 }, `unit ${unit}`),
        svg("text", { x: 0, y: (k + 0.5) * STRIP + 12, class: "muted" }, valve ? "0 to 1" : `±${number(most[k], 1)}`),
        svg("path", { d: path(points) }),
        points.map(([cx, cy]) => svg("circle", { cx, cy, r: 2.2 })),
      );
    };
    const three = `${best.length ? "The three units that tell the gender best" : "The first three units"}: ${name}`;
    fill(
      strips,
      el("h3", null, view.pinned.length ? `Pinned: ${name}, from word to word` : three),
      picture(width, units.length * STRIP + 4, `${name} of units ${units.join(", ")} over the words`, units.map(strip)),
    );
    const unpin = (unit) =>
      el(
        "button",
        { type: "button", class: "word", "aria-label": `Unpin unit ${unit}`, onclick: () => pin(unit) },
        `unit ${unit} ✕`,
      );
    const hint = "Click a row of the map (or press Enter on it) to pin it below the map, up to eight.";
    fill(pins, view.pinned.map(unpin), view.pinned.length ? null : hint);
  }

  function pin(unit) {
    const { pinned } = store.get();
    const isPinned = pinned.includes(unit);
    store.set({ pinned: isPinned ? pinned.filter((other) => other !== unit) : [...pinned, unit].slice(-PINNED) });
  }

  /** The column and the row under the pointer. */
  function placeOf(event) {
    const box = grid.getBoundingClientRect();
    const within = (value, most) => Math.max(0, Math.min(most, value));
    const line = within(((event.clientY - box.top) / now.height) * now.lines, now.lines - 1);
    return [within(Math.floor((event.clientX - box.left) / now.cols.size), now.steps - 1), now.lens.rowAt(line)];
  }
  let down = null; // where the pointer was pressed
  grid.addEventListener("pointerdown", (event) => {
    down = placeOf(event);
    grid.setPointerCapture(event.pointerId);
  });
  grid.addEventListener("pointermove", (event) => {
    const [k, r] = placeOf(event);
    if (down && k !== down[0]) store.set({ brush: [Math.min(k, down[0]), Math.max(k, down[0])] });
    else if (!down) said.textContent = sentence(store.get(), k, r);
  });
  grid.addEventListener("pointerup", (event) => {
    const [k, r] = placeOf(event);
    if (down && k === down[0]) {
      row = r;
      app.go(store.get().side, k);
      pin(now.order[r]);
    }
    down = null;
  });
  grid.addEventListener("pointercancel", () => {
    down = null;
  });
  grid.addEventListener("pointerleave", () => point(store.get()));
  grid.addEventListener("keydown", (event) => {
    const { key } = event;
    const view = store.get();
    const move = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const up = { ...UP, Home: -n, End: n }[key];
    const to = Math.max(0, Math.min(now.steps - 1, cursor() + (move ?? 0)));
    if (move && event.shiftKey) {
      const [a, b] = marked(view);
      const from = a === cursor() ? b : a;
      store.set({ brush: [Math.min(from, to), Math.max(from, to)], at: app.placeOf(view.side, to) });
    } else if (move) app.go(view.side, to);
    else if (up) {
      row = Math.max(0, Math.min(n - 1, row + up));
      point(view);
    } else if (key === "Enter") pin(now.order[row]);
    else return;
    event.preventDefault();
  });

  return { node, draw, point, drawStrips, marked, words: () => now.words };
}
