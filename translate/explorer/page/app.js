/** The page: one model, one view, seven screens. Reads the payload, runs the network, and tells the screens. */
import { el, fill, forgetColours } from "app/drawing/draw.js";
import { followAddress, linked } from "app/frame/address.js";
import { copyOf } from "app/frame/copy.js";
import { mountHeader } from "app/frame/header.js";
import { range } from "app/network/arrays.js";
import { END, floats, unpack } from "app/network/model.js";
import { makeReadout } from "app/network/readout.js";
import { screen as cell } from "app/screens/cell.js";
import { screen as gradients } from "app/screens/gradients.js";
import { screen as lesson } from "app/screens/lesson.js";
import { screen as memory } from "app/screens/memory.js";
import { screen as pair } from "app/screens/pair.js";
import { screen as translate } from "app/screens/translate.js";
import { screen as whatif } from "app/screens/whatif.js";
import { makeHistory } from "app/state/history.js";
import { landing } from "app/state/landing.js";
import { makeRuns } from "app/state/runs.js";
import { createStore } from "app/state/view.js";
import * as words from "app/words/czech.js";
import { payload } from "app/words/payload.js";
import { aggregate, footer } from "app/words/sources.js";
import { makeTokenizer } from "app/words/text.js";
import { explain, term } from "app/words/tips.js";

const SCREENS = [translate, cell, memory, pair, whatif, gradients, lesson];

/** What reads the gender from a state, as the payload carries it. */
function unpackReadout({ readout }) {
  const sites = Object.entries(readout);
  return makeReadout(
    Object.fromEntries(sites.map(([site, { direction, bias }]) => [site, { direction: floats(direction), bias }])),
  );
}

/** Makes of a view one that can be shown: cursor within the run and on its side, units and layers that exist. */
const makeSettle = (given, runs) => (view, patch) => {
  const { model } = given;
  const { n, m } = runs.of(view);
  const next = { ...view };
  next.layer = Math.min(view.layer, model.config.layers - 1);
  if (Number.isInteger(view.unit) && view.unit >= model.units) next.unit = "mean";
  if (!runs.sites.has(`enc.l0.${view.site}`)) next.site = model.memory;
  if (view.pinned.some((unit) => unit >= model.units)) next.pinned = view.pinned.filter((unit) => unit < model.units);
  if ("sentence" in patch && !("draft" in patch)) next.draft = []; // it was made for the words of another one
  if ("side" in patch && !("at" in patch))
    next.at = view.side === "dec" ? Math.max(view.at, n) : Math.min(view.at, n - 1);
  if (patch.lands) next.at = landing(given, runs.of(view), { ...view, side: patch.side ?? "enc" });
  next.read = next.writes = "";
  next.at = Math.max(0, Math.min(next.at, n + m - 1));
  next.side = next.at < n ? "enc" : "dec";
  return next;
};

/** The cursor, and the words and genders of a run. */
const placesOf = ({ model, store, target, readout }, runs) => ({
  /** Where the cursor stands: the side and its step. */
  where() {
    const { at } = store.get();
    const { n } = runs();
    return at < n ? { side: "enc", t: at } : { side: "dec", t: at - n };
  },
  /** The cursor's number for a step of a side. */
  placeOf: (side, t) => (side === "enc" ? t : runs().n + t),
  go: (side, t) => store.set({ at: side === "enc" ? t : runs().n + t }),
  /** The word read at a step, and the one written there. */
  read: (side, t, run = runs().now) =>
    side === "enc" ? runs().tokens[model.placeOf(t, run.enc.steps)] : target.word(run.dec.ids[t]),
  /** The word of a step: the one read in English, the one written in Czech. */
  wordAt: (side, t) =>
    side === "enc" ? runs().tokens[model.placeOf(t, runs().n)] : target.word(runs().now.written[t]),
  /** p(feminine) in the memory after each step of a side, or null where nothing reads it. */
  genders(side, run = runs().now, layer = 0) {
    const name = `l${layer}.${model.memory}`;
    const site = `${side}.${name}`;
    return readout.has(site) ? range(run[side].steps).map((t) => readout.p(site, run[side].row(name, t))) : null;
  },
});

/** What the payload has beside the model: rivals, and the units that are asked about. */
function makeMeasures() {
  const rivals = {};
  return {
    /** The other models of the page, "rnn" or "gru"; null where it has none. */
    rival(name) {
      if (!Object.hasOwn(payload.rivals, name)) return null;
      rivals[name] ??= unpack(payload.rivals[name]);
      return rivals[name];
    },
    /** The k units that weigh most in the gender's readout, as `translate intervene --units top:k` has them. */
    top: (k, side = "dec", layer = 0) => (payload.ranking[`${side}.l${layer}`] ?? []).slice(0, k),
    /** As many other units, drawn with a fixed seed. */
    random: (chosen, draw) =>
      payload.random[draw % payload.random.length].filter((unit) => !chosen.includes(unit)).slice(0, chosen.length),
  };
}

/** What every screen is given: the model, the view, the runs, and small helpers. */
function createApp() {
  const { pretokenised } = payload;
  const model = unpack(payload);
  const source = makeTokenizer(payload.source, { english: true, pretokenised });
  const target = makeTokenizer(payload.target, { pretokenised });
  const readout = unpackReadout(payload);
  const allRuns = makeRuns({ payload, model, source, target });
  const { tokensOf, runOf, resolve, twin } = allRuns;
  // The page begins at the noun, where the first picture shows the gender being stored.
  const { sentence } = payload.examples[0];
  const person = tokensOf(sentence).findIndex((word) => Object.hasOwn(payload.genders.en, word.toLowerCase()));
  const unit = readout.has(`dec.l0.${model.memory}`) ? "best" : "mean";
  const start = { sentence, at: model.placeOf(Math.max(0, person), runOf(sentence).enc.steps), unit };
  const given = { payload, model, target };
  const store = createStore(start, makeSettle(given, allRuns));
  const runs = () => allRuns.of(store.get());
  const app = {
    payload,
    model,
    store,
    history: makeHistory(store),
    readout,
    source,
    target,
    term,
    explain,
    floats,
    END,
    tokensOf,
    runOf,
    resolve,
    twin,
    runs,
    ...placesOf({ model, store, target, readout }, runs),
    ...makeMeasures(),
    ...words,
    aggregate: (id) => aggregate(app, id),
  };
  return app;
}

/** The page's app; tests and the console ask it. */
export let app;

/** Makes the section of a screen, which is not there before it is first shown. */
function mount(screen) {
  const body = el("div", { class: "body" });
  const root = el(
    "section",
    { id: `screen-${screen.id}`, "aria-labelledby": `title-${screen.id}`, tabindex: -1 },
    el("h2", { id: `title-${screen.id}` }, screen.title),
    el("p", { class: "question" }, screen.question),
    el("p", { class: "nothing", hidden: true }, "Type an English sentence above, or take one of the examples."),
    body,
  );
  document.querySelector("main").append(root);
  return { screen, root, isNew: true, ...screen.mount(body, app) };
}

/** What shows a view: its screen, and the header above. */
function makeShow() {
  const mounted = {};
  const header = mountHeader(app, SCREENS, () => mounted[app.store.get().screen]);
  return (view, changed) => {
    const screen = SCREENS.find(({ id }) => id === view.screen);
    mounted[screen.id] ??= mount(screen);
    const shown = mounted[screen.id];
    const why = shown.isNew ? new Set([...changed, "screen"]) : changed;
    for (const id in mounted) mounted[id].root.hidden = id !== screen.id;
    for (const name of ["embed", "present"]) document.documentElement.toggleAttribute(`data-${name}`, view[name]);
    if (why.has("screen")) document.title = `${screen.title} · See an LSTM remember`;
    header.update(view, app.runs(), why);
    const isEmpty = !app.runs().n && screen !== lesson;
    shown.root.querySelector(".nothing").hidden = !isEmpty;
    shown.root.querySelector(".body").hidden = isEmpty;
    shown.isNew = isEmpty;
    // Much may have changed meanwhile
    if (!isEmpty) shown.update(view, app.runs(), why.has("screen") ? new Set([...why, "shown", "runs"]) : why);
    if (why.has("screen")) header.bringUp(shown.root);
  };
}

/** What comes from the browser: other colours, another width. */
function followBrowser(showAll) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    forgetColours();
    showAll();
  });
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    showAll();
  });
}

function start() {
  const original = document.documentElement.cloneNode(true);
  app = createApp();
  app.copyOf = (hash) => copyOf(original, hash);
  const { store } = app;
  app.problem = (text) => {
    const line = document.getElementById("problem");
    line.textContent = text;
    line.hidden = !text;
  };
  const show = makeShow();
  fill(document.querySelector("footer"), footer(app));
  app.problem(store.read(linked()));
  let before = null;
  store.subscribe((view, why) => {
    const runs = app.runs();
    if (runs !== before) why.add("runs");
    before = runs;
    show(view, why);
  });
  followAddress(app);
  const showAll = () => show(store.get(), new Set(["runs", "scheme", "size", "shown"]));
  followBrowser(showAll);
  showAll();
  document.documentElement.dataset.ready = "yes";
}

start();
