/** Units × words on a canvas; the same words elsewhere: which units are on here, and where in the corpus they are too. */
import { el, svg, fill, heat, diverging, sequential, picture, path, mark, number } from "app/draw.js";
import { genderOf, NAMES, SHAPES, openness } from "app/readout.js";
import { LEFT, columns, labelHeight, labels, choice } from "app/course.js";
import { byChange, byCluster, decoded, matches, patternOf, range } from "app/patterns.js";

const SITES = { c: "cell state", h: "hidden state", f: "forget valve", i: "memory valve", o: "output valve", g: "candidate", z: "update gate", r: "reset gate", n: "candidate" };
const VALVES = "fiozr";
const two = (x) => x.toFixed(2).replace("-", "−");
const STRIP = 58, LIKEST = 20;
/** The first rows are drawn higher, so that one can see them: so many, each as high as so many others. */
const LENS = { rows: 8, high: 8 };

export const screen = {
  id: "memory",
  title: "Memory map",
  question: "Which units hold what, and from which word to which?",
  mount(root, app) {
    const { store, model } = app, n = model.units;
    const sites = Object.keys(SITES).filter((site) => [...model.gates, ...model.states].includes(site));
    const what = choice("Show", sites.map((site) => [site, `${SITES[site]} ${site}`]), (site) => store.set({ site }));
    const side = choice("While", [["enc", "reading English"], ["dec", "writing Czech"]], (value) => store.set({ side: value }));
    const sort = choice("Units sorted", [["weight", "by gender"], ["switch", "by change where it turns"], ["cluster", "alike together"]], (value) => store.set({ sort: value }));
    const top = el("div"), canvas = el("canvas", { "aria-hidden": "true" }), cell = el("div", { role: "gridcell", id: "map-cell" });
    const [here, marked, ring] = ["column", "brushed", "ring"].map((name) => el("div", { class: name, "aria-hidden": "true" }));
    const grid = el("div", { class: "grid", role: "grid", tabindex: 0, "aria-label": "Units by words. Arrow keys move, Shift and left or right mark words, Enter pins the unit.", "aria-activedescendant": "map-cell" }, el("div", { role: "row" }, cell));
    const said = el("p", { class: "said", "aria-live": "polite" }), strips = el("div"), pins = el("p", { class: "pins" }), found = el("section", { class: "card", "aria-label": "The same pattern elsewhere" });
    const axis = el("p", { class: "axis", "aria-hidden": "true" });
    root.append(el("div", { class: "controls" }, what.node, side.node, sort.node),
      el("div", { class: "card map" }, el("div", { class: "wide" }, top, el("div", { class: "cells" }, axis, canvas, marked, here, ring, grid), strips), said, el("p", { class: "small legend" }), pins), found);
    const legend = root.querySelector(".legend");
    const corpora = {};
    let now = null, row = 0, waiting = 0; // what is drawn; the row under the map's own cursor

    const values = (view, run, site) => run[view.side].sites[`l${view.layer}.${site}`];

    /** The step at which the gender that is read changes most, and the rows of the map in the order that is wanted. */
    function arrange(view, runs) {
      const run = runs.now, state = VALVES.includes(view.site) || view.site === "g" ? model.memory : view.site;
      const read = `${view.side}.l${view.layer}.${state}`, memory = values(view, run, model.memory), given = app.payload.units?.[read];
      const spread = given ? app.floats(given.sd) : new Float32Array(n).fill(1);
      const logits = app.readout.has(read) ? range(run[view.side].steps).map((t) => app.readout.logit(read, run[view.side].row(`l${view.layer}.${state}`, t))) : [0];
      const jumps = logits.map((logit, t) => (t ? Math.abs(logit - logits[t - 1]) : 0)), turn = jumps.indexOf(Math.max(...jumps));
      const ranked = app.top(n, view.side, view.layer);
      const order = view.sort === "cluster" ? byCluster(values(view, run, view.site), n) : view.sort === "switch" ? byChange(memory, n, turn, spread) : ranked.length ? ranked : range(n);
      const tells = view.sort === "weight" && view.site === state && given && app.readout.has(read) ? { u: app.readout.direction(read), mean: app.floats(given.mean) } : null;
      return { order, turn, tells, ranked: ranked.length > 0 };
    }

    /** Where a row begins, in rows as high as the lower ones; and the row there. */
    const lens = (view) => (view.sort === "cluster" || n < 4 * LENS.rows ? { rows: 0, high: 1 } : LENS);
    const begin = ({ rows, high }, r) => Math.min(r, rows) * high + Math.max(0, r - rows);
    const rowAt = ({ rows, high }, line) => (line < rows * high ? Math.floor(line / high) : Math.min(n - 1, Math.floor(line - rows * (high - 1))));
    const cursor = () => app.where().t;

    function draw(view, runs) {
      const part = runs.now[view.side], steps = part.steps, width = Math.max(root.clientWidth - 46, 66 + 22 * steps), cols = columns(width, steps);
      const words = range(steps).map((t) => (view.side === "enc" ? app.read("enc", t) : app.target.word(runs.now.written[t])));
      const lines = begin(lens(view), n), height = Math.max(256, Math.min(3 * lines, 448)), of = values(view, runs.now, view.site), genders = app.genders(view.side, runs.now, view.layer);
      now = { steps, words, cols, width, height, lines, of, genders, ...arrange(view, runs) };
      const { order, tells, turn } = now, valve = VALVES.includes(view.site), part_ = (t, j) => tells.u[j] * (of[t * n + j] - tells.mean[j]);
      const most = tells ? Math.max(...range(steps).flatMap((t) => range(n).map((j) => Math.abs(part_(t, j))))) : 1;
      const colour = valve ? sequential : tells ? (v) => diverging(1.6 * v / most, "m", "f") : (v) => diverging(view.site === "c" ? Math.tanh(v) : v, "minus", "plus");
      const unitAt = range(lines).map((line) => order[rowAt(lens(view), line)]);
      heat(canvas, { rows: lines, columns: steps, width: cols.size * steps, height, value: (line, t) => (tells ? part_(t, unitAt[line]) : of[t * n + unitAt[line]]), colour });
      const up = labelHeight(words, cols);
      for (const node of [top, strips]) node.style.width = `${width}px`;
      fill(top, picture(width, up + 26, `The words${genders ? " and the gender that is read from the memory at each" : ""}`, labels(words, cols, up, { up: true, lang: view.side === "dec" ? "cs" : null }),
        genders ? svg("text", { x: 0, y: up + 10, "dominant-baseline": "middle", class: "muted" }, "gender") : null,
        genders?.map((p, t) => mark(genderOf(p), cols.x(t), up + 10, Math.min(6, cols.size / 3))),
        view.sort === "switch" ? svg("path", { class: "turn", d: `M${cols.x(turn) - 5} ${up + 19}h10l-5 6z` }) : null));
      fill(axis, range(lens(view).rows).map((r) => el("span", { style: { height: `${(lens(view).high / lines) * height}px` } }, `unit ${order[r]}`)), el("span", null, lens(view).rows ? `${n - lens(view).rows} more` : `${n} units`));
      fill(legend, "Shown: the ", app.term(SITES[view.site]), ". ", valve ? "The stronger the colour, the more open: 0 is closed, 1 open. " : tells ? ["Colour: what the unit adds to the ", app.term("readout"), ", ", el("b", { class: "f" }, "■ feminine"), " or ", el("b", { class: "m" }, "● masculine"), ", against its mean. "] : ["Colour: ", el("b", { class: "plus" }, "+"), " positive, ", el("b", { class: "minus" }, "−"), ` negative${view.site === "c" ? ", as tanh c" : ""}. `],
        { weight: now.ranked ? ["Rows: ", app.term("probe weight"), ", the largest on top; that a unit tells the gender is a ", app.term("correlation"), "."] : "Rows: the units as they are numbered; this model has no readout that could sort them.", switch: "Rows: by how much c changes at ▾, the word where the gender that is read turns most.", cluster: "Rows: each beside the one whose values go most like its own (correlation, chained greedily)." }[view.sort]);
      grid.setAttribute("aria-rowcount", n);
      grid.setAttribute("aria-colcount", steps);
    }

    function place(node, from, to, top = 0, bottom = now.lines) {
      const { cols, height, lines } = now;
      Object.assign(node.style, { left: `${from * cols.size}px`, width: `${(to - from + 1) * cols.size}px`, top: `${(top / lines) * height}px`, height: `${((bottom - top) / lines) * height}px` });
    }

    /** "token 7 “girl”, unit 69: c 0.97; forget valve 0.04, closed; gender masculine → feminine" */
    function sentence(view, k, r) {
      const unit = now.order[r], part = app.runs().now[view.side], site = `l${view.layer}`;
      const valves = [["f", "forget valve"], ["i", "memory valve"], ["o", "output valve"]].filter(([name]) => part.sites[`${site}.${name}`])
        .map(([name, called]) => { const v = part.row(`${site}.${name}`, k)[unit]; return `${called} ${v.toFixed(2)}, ${openness(v, app.payload.walk)}`; });
      const state = `${site}.${model.memory}`, [p, q] = now.genders ? [k ? now.genders[k - 1] : 0.5, now.genders[k]].map((x) => NAMES[genderOf(x)]) : [];
      return [`Token ${k + 1} “${now.words[k]}”, unit ${unit}: ${model.memory} ${two(part.before(state, k)[unit])} → ${two(part.row(state, k)[unit])}`, ...valves, p ? (p === q ? `gender ${q}` : `gender ${p} → ${q}`) : null].filter(Boolean).join("; ") + ".";
    }

    function point(view) {
      const k = cursor(), text = sentence(view, k, row);
      place(here, k, k);
      place(ring, k, k, begin(lens(view), row), begin(lens(view), row + 1));
      marked.hidden = !view.brush;
      if (view.brush) place(marked, ...brushOf(view));
      cell.textContent = text;
      cell.setAttribute("aria-rowindex", row + 1);
      cell.setAttribute("aria-colindex", k + 1);
      if (said.textContent !== text) said.textContent = text;
    }

    /** The marked columns; without a mark the one under the cursor. */
    const brushOf = (view) => (view.brush ? view.brush.map((k) => Math.min(k, now.steps - 1)) : [cursor(), cursor()]);

    /** The pinned units as lines over the same columns; before any is pinned, the three that tell the gender best. */
    function lines(view, runs) {
      const best = app.top(3, view.side, view.layer), units = view.pinned.length ? view.pinned : best.length ? best : [0, 1, 2].filter((unit) => unit < n), { cols, of, words, width } = now, valve = VALVES.includes(view.site);
      const most = units.map((unit) => (valve ? 1 : Math.max(0.1, ...words.map((_, t) => Math.abs(of[t * n + unit])))));
      const y = (v, k) => (k + 0.5) * STRIP + (valve ? (0.5 - v) : -v / most[k] / 2) * (STRIP - 14);
      fill(strips, el("h3", null, view.pinned.length ? `Pinned: ${SITES[view.site]}, from word to word` : `${best.length ? "The three units that tell the gender best" : "The first three units"}: ${SITES[view.site]}`),
        picture(width, units.length * STRIP + 4, `${SITES[view.site]} of units ${units.join(", ")} over the words`, units.map((unit, k) => svg("g", { class: "strip" },
          svg("line", { x1: LEFT, x2: width - 14, y1: y(0, k), y2: y(0, k) }),
          svg("text", { x: 0, y: (k + 0.5) * STRIP - 4 }, `unit ${unit}`), svg("text", { x: 0, y: (k + 0.5) * STRIP + 12, class: "muted" }, valve ? "0 to 1" : `±${number(most[k], 1)}`),
          svg("path", { d: path(words.map((_, t) => [cols.x(t), y(of[t * n + unit], k)])) }),
          words.map((_, t) => svg("circle", { cx: cols.x(t), cy: y(of[t * n + unit], k), r: 2.2 }))))));
      fill(pins, view.pinned.map((unit) => el("button", { type: "button", class: "word", "aria-label": `Unpin unit ${unit}`, onclick: () => pin(unit) }, `unit ${unit} ✕`)),
          view.pinned.length ? null : "Click a row of the map (or press Enter on it) to pin it below the map, up to eight.");
    }

    function pin(unit) {
      const { pinned } = store.get();
      store.set({ pinned: pinned.includes(unit) ? pinned.filter((u) => u !== unit) : [...pinned, unit].slice(-8) });
    }

    function pattern(view, runs) {
      const given = app.payload.corpus?.[view.side], site = given?.site, [from, to] = brushOf(view);
      if (!given) return fill(found, el("p", null, "This page was made without the corpus sentences (--minimal)."));
      const corpus = (corpora[view.side] ??= decoded(given)), on = patternOf(corpus, runs.now[view.side].sites[site], from, to), count = on.high.length + on.low.length, { word } = view.side === "enc" ? app.source : app.target;
      const { best, all } = matches(corpus, on, to - from + 1), likest = best.slice(0, LIKEST), of = (gender) => likest.filter((match) => match.gender === gender).length;
      const ends = ["from", "to"].map((name, e) => el("label", null, `${name} `, el("select", { "aria-label": `Marked words ${name}`, onchange: (event) => { const b = brushOf(store.get()); b[e] = Number(event.target.value); store.set({ brush: b.sort((p, q) => p - q) }); } },
        now.words.map((text, k) => el("option", { value: k, selected: k === [from, to][e] }, `${k + 1} ${text}`)))));
      fill(found, el("h3", null, "Where else are these units on?"),
        el("p", { class: "ends" }, "Marked words ", ends, view.brush ? el("button", { type: "button", onclick: () => store.set({ brush: null }) }, "follow the cursor") : null),
        el("p", null, app.term("pattern", `${count} units`), ` of ${site.slice(3)} are on at ${to > from ? "every marked word" : `“${now.words[from]}”`} (${on.high.length} high, ${on.low.length} low). `,
          count ? [`Of the ${likest.length} likest places, each in another of ${best.length} corpus sentences, the `, app.term("current gender"), ` is feminine ${SHAPES.f} at `, el("b", null, of("f")), ` and masculine ${SHAPES.m} at `, el("b", null, of("m")), `. At all ${all.m + all.f + all["-"]} places: ${all.f} and ${all.m}.`] : "Mark fewer words."),
        count ? el("ol", { class: "sentences", lang: view.side === "dec" ? "cs" : null }, best.slice(0, 6).map(({ sentence: s, from: a, share, gender }) => el("li", null, el("span", { class: "share", lang: "en" }, `${Math.round(share * count)} of ${count} ${SHAPES[gender] ?? ""} `),
          given.words[s].map((id, k) => id !== app.END && [/^\p{P}/u.test(word(id)) ? "" : " ", k >= a && k <= a + to - from ? el("mark", null, word(id)) : word(id)])))) : null);
    }

    // ----------------------------------------------------------------------------------------------- pointer and keys
    const placeOf = (event) => {
      const box = grid.getBoundingClientRect();
      return [Math.max(0, Math.min(now.steps - 1, Math.floor((event.clientX - box.left) / now.cols.size))), rowAt(lens(store.get()), Math.max(0, Math.min(now.lines - 1, ((event.clientY - box.top) / now.height) * now.lines)))];
    };
    let down = null;
    grid.addEventListener("pointerdown", (event) => { down = placeOf(event); grid.setPointerCapture(event.pointerId); });
    grid.addEventListener("pointermove", (event) => {
      const [k, r] = placeOf(event);
      if (down && k !== down[0]) store.set({ brush: [Math.min(k, down[0]), Math.max(k, down[0])] });
      else if (!down) said.textContent = sentence(store.get(), k, r);
    });
    grid.addEventListener("pointerup", (event) => {
      const [k, r] = placeOf(event);
      if (down && k === down[0]) { row = r; app.go(store.get().side, k); pin(now.order[r]); }
      down = null;
    });
    grid.addEventListener("pointercancel", () => { down = null; });
    grid.addEventListener("pointerleave", () => point(store.get()));
    grid.addEventListener("keydown", (event) => {
      const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key], up = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10, Home: -n, End: n }[event.key], view = store.get();
      const to = Math.max(0, Math.min(now.steps - 1, cursor() + (move ?? 0)));
      if (move && event.shiftKey) { const [a, b] = brushOf(view), from = a === cursor() ? b : a; store.set({ brush: [Math.min(from, to), Math.max(from, to)], at: app.placeOf(view.side, to) }); }
      else if (move) app.go(view.side, to);
      else if (up) { row = Math.max(0, Math.min(n - 1, row + up)); point(view); }
      else if (event.key === "Enter") pin(now.order[row]);
      else return;
      event.preventDefault();
    });

    return {
      update(view, runs, why) {
        const any = (...names) => names.some((name) => why.has(name));
        what.set(view.site); side.set(view.side); sort.set(view.sort);
        for (const card of root.querySelectorAll(".card")) card.hidden = !runs.n;
        if (!runs.n) return;
        const anew = any("runs", "site", "sort", "side", "layer", "size", "scheme", "shown");
        if (anew) draw(view, runs);
        point(view);
        if (anew || any("pinned")) lines(view, runs);
        if (!anew && !any("brush", "at")) return;
        clearTimeout(waiting); // while the cursor runs, the corpus waits
        waiting = setTimeout(() => { if (store.get().screen === "memory" && app.runs().n) pattern(store.get(), app.runs()); }, why.has("brush") ? 0 : 120);
      },
    };
  },
};
