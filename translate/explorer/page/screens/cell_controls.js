/** What is chosen on the cell's screen: side, look, layer, the walk and its playing, and how far a tap is held. */
import { el } from "app/drawing/draw.js";
import { unitOf } from "app/network/readout.js";
import { REACHES, WIDTHS } from "app/state/hold.js";

/** The choices of the screen: what a button says, the view that it makes, and whether that is so. */
const SIDES = [
  ["English", () => ({ side: "enc" }), (view) => view.side === "enc"],
  ["Czech", () => ({ side: "dec" }), (view) => view.side === "dec"],
];
const LOOKS = [
  ["chosen unit", () => ({ unit: "best" }), (view) => view.unit === "best"],
  [
    "unit …",
    (app, view) => ({ unit: unitOf(app, view, view.side) ?? app.top(1, view.side, view.layer)[0] ?? 0 }),
    (view) => Number.isInteger(view.unit),
  ],
  ["gender", () => ({ unit: "gender" }), (view) => view.unit === "gender"],
  ["mean", () => ({ unit: "mean" }), (view) => view.unit === "mean"],
];
/** The view of a step of the walk: its part is asked, too. */
const walkTo = (k) => ({ walk: k, ...(k ? { node: ["", "f", "g", "c", "h"][k] } : {}) });
const WALKS = ["All", "1 Forget", "2 Candidate", "3 Memory", "4 Output"].map((label, k) => [
  label,
  () => walkTo(k),
  (view) => view.walk === k,
]);

/** Buttons of which one is pressed, by what the view says. */
function group(app, name, choices, ...more) {
  const { store } = app;
  const buttons = choices.map(([label, patch]) =>
    el("button", { onclick: () => store.set(patch(app, store.get())) }, label),
  );
  return {
    node: el("fieldset", { class: "choice" }, el("legend", null, name), buttons, ...more),
    show(view) {
      for (const [k, [, , isSo]] of choices.entries()) buttons[k].setAttribute("aria-pressed", String(isSo(view)));
    },
  };
}

/** Plays the walk: the four steps at this word, then at the next one, to the end of the sentence. */
function makePlayer({ store, runs }) {
  let timer = 0;
  const speed = select("Speed", { 2400: "slow", 1200: "normal", 500: "fast" }, () => play(timer !== 0));
  speed.value = 1200;
  function next() {
    const { walk, at, screen } = store.get();
    const { n, m } = runs();
    if (screen !== "cell" || (walk === 4 && at >= n + m - 1)) play(false);
    else store.set(walk === 4 ? { at: at + 1, ...walkTo(1) } : walkTo(walk + 1));
  }
  function play(on) {
    clearInterval(timer);
    timer = on ? setInterval(next, Number(speed.value)) : 0;
    button.textContent = on ? "❚❚" : "▶ play";
  }
  const onclick = () => {
    play(!timer);
    if (timer) next();
  };
  const button = el("button", { onclick, "aria-label": "Play the walk" }, "▶ play");
  return { button, speed, time: () => Number(speed.value), stop: () => play(false) };
}

/** How far a tap that is turned is held. */
function holdForm(holds, how) {
  const choose = (name) => (event) => {
    how[name] = event.target.value;
    holds.widen();
  };
  return el(
    "p",
    { class: "field" },
    el("span", { class: "label" }, "A tap that you drag is held"),
    select("In which units", WIDTHS, choose("width")),
    select("At which words", REACHES, choose("reach")),
  );
}

function select(label, options, onchange) {
  const all = Object.entries(options).map(([value, text]) => el("option", { value }, text));
  return el("select", { "aria-label": label, onchange }, all);
}

/** Which side, along what, which layer, and the steps of the walk. */
export function makeControls(app, holds, how) {
  const { store, model } = app;
  const number = (attributes) => el("input", { type: "number", ...attributes });
  const unit = number({
    min: 0,
    max: model.units - 1,
    "aria-label": "Unit",
    onchange: () => {
      if (unit.value !== "")
        store.set({ unit: Math.max(0, Math.min(model.units - 1, Math.round(Number(unit.value)))) });
    },
  });
  const { layers } = model.config;
  const onchange = (event) => store.set({ layer: event.target.value - 1 });
  const layer = layers > 1 ? el("label", null, "layer ", number({ min: 1, max: layers, value: 1, onchange })) : [];
  const [sides, looks] = [group(app, "Side", SIDES), group(app, "Look at", LOOKS, unit)];
  const player = makePlayer(app);
  const walks = group(app, "Step", WALKS, player.button, player.speed);
  return {
    node: el("div", { class: "controls" }, sides.node, looks.node, layer, walks.node),
    hold: holdForm(holds, how),
    time: player.time,
    show(view) {
      if (view.screen !== "cell") player.stop();
      for (const { show } of [sides, looks, walks]) show(view);
      unit.hidden = !Number.isInteger(view.unit);
      unit.value = Number.isInteger(view.unit) ? view.unit : "";
    },
  };
}
