/** Units × words on a canvas, with a cursor of its own; below it single units as lines over the same words. */
import { columns, LEFT, labelHeight, labels } from "app/drawing/course.js";
import { diverging, el, fill, heat, mark, path, picture, sequential, svg } from "app/drawing/draw.js";
import { followKeys, followPointer } from "app/map/hands.js";
import { arrange, legend, lensOf } from "app/map/rows.js";
import { range } from "app/network/arrays.js";
import { genderOf, openness } from "app/network/readout.js";
import { number, two } from "app/words/numbers.js";
import { GENDERS, isGate, SITES } from "app/words/terms.js";

const HELP = "Units by words. Arrow keys move, Shift and left or right mark words, Enter pins the unit.";
const PINNED = 8;
const STRIP = 58;

/** The elements of the map; the strips come below the cells. */
function makeParts(strips) {
  const hidden = { "aria-hidden": "true" };
  const cell = el("div", { role: "gridcell", id: "map-cell" });
  const [here, brushed, ring] = ["column", "brushed", "ring"].map((name) => el("div", { class: name, ...hidden }));
  const canvas = el("canvas", hidden);
  const axis = el("p", { class: "axis", ...hidden });
  const grid = el(
    "div",
    { class: "grid", role: "grid", tabindex: 0, "aria-label": HELP, "aria-activedescendant": "map-cell" },
    el("div", { role: "row" }, cell),
  );
  const top = el("div");
  const said = el("p", { class: "said", "aria-live": "polite" });
  const explanation = el("p", { class: "small legend" });
  const cells = el("div", { class: "cells" }, axis, canvas, brushed, here, ring, grid);
  const wide = el("div", { class: "wide", "data-picture": "map" }, top, cells, strips.node);
  const node = el("div", { class: "card map" }, wide, said, explanation, strips.pins);
  return { node, top, canvas, axis, cell, said, explanation, here, brushed, ring, grid };
}

/** What is drawn of a view: its words in their columns, its rows in their order, its values. */
function drawnOf(app, view, run, wide) {
  const n = app.model.units;
  const { steps, sites } = run[view.side];
  const width = Math.max(wide, 66 + 22 * steps);
  const lens = lensOf(view, n);
  const lines = lens.begin(n);
  const values = sites[`l${view.layer}.${view.site}`];
  return {
    steps,
    words: range(steps).map((t) => app.wordAt(view.side, t)),
    cols: columns(width, steps),
    width,
    height: Math.max(256, Math.min(3 * lines, 448)),
    lens,
    lines,
    valueAt: (t, unit) => values[t * n + unit],
    genders: app.genders(view.side, run, view.layer),
    ...arrange(app, view, run),
  };
}

/** The canvas: the values, or of a state that tells the gender what each unit adds to it. */
function paint(canvas, { site }, { steps, cols, height, lens, lines, valueAt, order, tells }) {
  const added = (t, unit) => tells.u[unit] * (valueAt(t, unit) - tells.mean[unit]);
  const sizes = tells
    ? range(steps).flatMap((t) => range(tells.u.length).map((unit) => Math.abs(added(t, unit))))
    : [1];
  const most = Math.max(...sizes);
  const bounded = (v) => (site === "c" ? Math.tanh(v) : v);
  let colour = (v) => diverging(bounded(v), "minus", "plus");
  if (tells) colour = (v) => diverging((1.6 * v) / most, "m", "f");
  if (isGate(site)) colour = sequential;
  const unitAt = range(lines).map((line) => order[lens.rowAt(line)]);
  const value = (line, t) => (tells ? added : valueAt)(t, unitAt[line]);
  heat(canvas, { rows: lines, columns: steps, width: cols.size * steps, height, value, colour });
}

/** The words over the columns, and the gender that is read at each. */
function headline({ side, sort }, { words, cols, width, genders, turn }) {
  const up = labelHeight(words, cols);
  return picture(
    width,
    up + 26,
    `The words${genders ? " and the gender that is read from the memory at each" : ""}`,
    labels(words, cols, up, { up: true, lang: side === "dec" ? "cs" : null }),
    genders ? svg("text", { x: 0, y: up + 10, "dominant-baseline": "middle", class: "muted" }, "gender") : null,
    genders?.map((p, t) => mark(genderOf(p), cols.x(t), up + 10, Math.min(6, cols.size / 3))),
    sort === "switch" ? svg("path", { class: "turn", d: `M${cols.x(turn) - 5} ${up + 19}h10l-5 6z` }) : null,
  );
}

/** "Token 7 “girl”, unit 69: c 0.12 → 0.97; forget valve 0.04, closed; gender masculine → feminine." */
function sentence(app, view, { order, words, genders }, k, r) {
  const { memory } = app.model;
  const unit = order[r];
  const part = app.runs().now[view.side];
  const site = `l${view.layer}`;
  const state = `${site}.${memory}`;
  const [before, after] = [part.before(state, k)[unit], part.row(state, k)[unit]];
  const facts = [`Token ${k + 1} “${words[k]}”, unit ${unit}: ${memory} ${two(before)} → ${two(after)}`];
  for (const name of ["f", "i", "o"].filter((each) => part.sites[`${site}.${each}`])) {
    const value = part.row(`${site}.${name}`, k)[unit];
    facts.push(`${SITES[name]} ${value.toFixed(2)}, ${openness(value, app.payload.walk)}`);
  }
  if (genders) {
    const [was, is] = [k ? genders[k - 1] : 0.5, genders[k]].map((p) => GENDERS[genderOf(p)]);
    facts.push(was === is ? `gender ${is}` : `gender ${was} → ${is}`);
  }
  return `${facts.join("; ")}.`;
}

/** Shows where the cursors are, and says it. */
function showPlace({ here, ring, brushed, cell, said }, view, { drawn, row, marked }, k, text) {
  const { cols, height, lines, lens } = drawn;
  const place = (frame, from, to, above = 0, below = lines) =>
    Object.assign(frame.style, {
      left: `${from * cols.size}px`,
      width: `${(to - from + 1) * cols.size}px`,
      top: `${(above / lines) * height}px`,
      height: `${((below - above) / lines) * height}px`,
    });
  place(here, k, k);
  place(ring, k, k, lens.begin(row), lens.begin(row + 1));
  brushed.hidden = !view.brush;
  if (view.brush) place(brushed, ...marked(view));
  cell.textContent = text;
  cell.setAttribute("aria-rowindex", row + 1);
  cell.setAttribute("aria-colindex", k + 1);
  if (said.textContent !== text) said.textContent = text;
}

/** Each unit as a line: a valve from 0 to 1, anything else around 0 and as far as it goes. */
function stripsOf(units, site, { cols, words, width, valueAt }) {
  const valve = isGate(site);
  const most = units.map((unit) => (valve ? 1 : Math.max(0.1, ...words.map((_, t) => Math.abs(valueAt(t, unit))))));
  const y = (v, k) => (k + 0.5) * STRIP + (valve ? 0.5 - v : -v / most[k] / 2) * (STRIP - 14);
  return units.map((unit, k) => {
    const points = words.map((_, t) => [cols.x(t), y(valueAt(t, unit), k)]);
    return svg(
      "g",
      { class: "strip" },
      svg("line", { x1: LEFT, x2: width - 14, y1: y(0, k), y2: y(0, k) }),
      svg("text", { x: 0, y: (k + 0.5) * STRIP - 4 }, `unit ${unit}`),
      svg("text", { x: 0, y: (k + 0.5) * STRIP + 12, class: "muted" }, valve ? "0 to 1" : `±${number(most[k], 1)}`),
      svg("path", { d: path(points) }),
      points.map(([cx, cy]) => svg("circle", { cx, cy, r: 2.2 })),
    );
  });
}

/** The pinned units as lines over the map's columns; before any is pinned, the three that tell the gender best. */
function makeStrips(app, pin) {
  const node = el("div");
  const pins = el("p", { class: "pins" });
  const unpin = (unit) => {
    const onclick = () => pin(unit);
    return el("button", { class: "word", "aria-label": `Unpin unit ${unit}`, onclick }, `unit ${unit} ✕`);
  };
  return {
    node,
    pins,
    draw(view, drawn) {
      const name = SITES[view.site];
      const best = app.top(3, view.side, view.layer);
      const unpinned = best.length ? best : range(Math.min(3, app.model.units));
      const units = view.pinned.length ? view.pinned : unpinned;
      const three = `${best.length ? "The three units that tell the gender best" : "The first three units"}: ${name}`;
      const title = `${name} of units ${units.join(", ")} over the words`;
      fill(
        node,
        el("h3", null, view.pinned.length ? `Pinned: ${name}, from word to word` : three),
        picture(drawn.width, units.length * STRIP + 4, title, stripsOf(units, view.site, drawn)),
      );
      const hint = "Click a row of the map (or press Enter on it) to pin it below the map, up to eight.";
      fill(pins, view.pinned.map(unpin), view.pinned.length ? null : hint);
    },
  };
}

/** @param wide the width that the map may take */
export function makeMap(app, wide) {
  const { store } = app;
  const pin = (unit) => {
    const { pinned } = store.get();
    const isPinned = pinned.includes(unit);
    store.set({ pinned: isPinned ? pinned.filter((other) => other !== unit) : [...pinned, unit].slice(-PINNED) });
  };
  const strips = makeStrips(app, pin);
  const parts = makeParts(strips);
  const cursor = () => app.where().t;
  const map = {
    node: parts.node,
    drawn: null, // what is drawn
    row: 0, // under the map's own cursor
    pin,
    words: () => map.drawn.words,
    /** The marked columns; without a mark the one under the cursor. */
    marked: ({ brush }) => (brush ? brush.map((k) => Math.min(k, map.drawn.steps - 1)) : [cursor(), cursor()]),
    draw(view, runs) {
      map.drawn = drawnOf(app, view, runs.now, wide());
      const { units } = app.model;
      paint(parts.canvas, view, map.drawn);
      for (const each of [parts.top, strips.node]) each.style.width = `${map.drawn.width}px`;
      fill(parts.top, headline(view, map.drawn));
      const { lens, lines, height, order } = map.drawn;
      const high = `${(lens.high / lines) * height}px`;
      const names = range(lens.rows).map((r) => el("span", { style: { height: high } }, `unit ${order[r]}`));
      fill(parts.axis, names, el("span", null, lens.rows ? `${units - lens.rows} more` : `${units} units`));
      fill(parts.explanation, legend(app, view, map.drawn));
      parts.grid.setAttribute("aria-rowcount", units);
      parts.grid.setAttribute("aria-colcount", map.drawn.steps);
    },
    point(view) {
      const k = cursor();
      showPlace(parts, view, map, k, sentence(app, view, map.drawn, k, map.row));
    },
    /** Says what is at a place, without going there. */
    tell(view, k, r) {
      parts.said.textContent = sentence(app, view, map.drawn, k, r);
    },
    drawStrips: (view) => strips.draw(view, map.drawn),
  };
  followPointer(app, parts.grid, map);
  followKeys(app, parts.grid, map);
  return map;
}
