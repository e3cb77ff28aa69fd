/** The page: one model, one view, seven screens. Reads the payload, runs the network, and tells the screens. */
import { el, fill, forgetColours } from "app/drawing/draw.js";
import { mountHeader } from "app/frame/header.js";
import { END, floats, unpack } from "app/network/model.js";
import { makeReadout } from "app/network/readout.js";
import { screen as cell } from "app/screens/cell.js";
import { screen as gradients } from "app/screens/gradients.js";
import { screen as lesson } from "app/screens/lesson.js";
import { screen as memory } from "app/screens/memory.js";
import { screen as pair } from "app/screens/pair.js";
import { screen as translate } from "app/screens/translate.js";
import { screen as whatif } from "app/screens/whatif.js";
import { createStore } from "app/state/view.js";
import * as words from "app/words/czech.js";
import { payload } from "app/words/payload.js";
import { aggregate, footer } from "app/words/sources.js";
import { LONGEST, makeTokenizer, twinOf, visible } from "app/words/text.js";
import { explain, term } from "app/words/tips.js";

const SCREENS = [translate, cell, memory, pair, whatif, gradients, lesson];

/** What every screen is given: the model, the view, the runs, and small helpers. */
function createApp() {
  const model = unpack(payload);
  const rivals = {};
  const twins = new Map(Object.entries(payload.twins));
  const source = makeTokenizer(payload.source, { english: true, pretokenised: payload.pretokenised });
  const target = makeTokenizer(payload.target, { pretokenised: payload.pretokenised });
  const readout = makeReadout(
    Object.fromEntries(
      Object.entries(payload.readout).map(([site, { direction, bias }]) => [
        site,
        { direction: floats(direction), bias },
      ]),
    ),
  );
  const plainRuns = new Map();
  let runs = null;
  let runsKey = "";

  /** The tokens of a sentence, no more than a sentence has. */
  const tokensOf = (sentence) => source.tokens(visible(sentence)).slice(0, LONGEST);

  /** The run of any sentence; plain ones are kept for a while. @returns {import("app/network/model.js").Run} */
  function runOf(sentence, options) {
    if (options) return model.run(source.ids(tokensOf(sentence)), options);
    if (!plainRuns.has(sentence)) {
      if (plainRuns.size > 7) plainRuns.delete(plainRuns.keys().next().value);
      plainRuns.set(sentence, model.run(source.ids(tokensOf(sentence))));
    }
    return plainRuns.get(sentence);
  }

  /** Edits as the model takes them: "from" another sentence becomes that run's values. */
  const resolve = (edits) =>
    edits
      .filter((edit) => sites.has(edit.site))
      .map((edit) => {
        if (edit.op === "mean") {
          // over the lesson's sentences, the same at every step
          const mean = payload.units[edit.site] && floats(payload.units[edit.site].mean);
          const steps = 2 * LONGEST + 20;
          return {
            ...edit,
            op: mean ? "values" : "scale",
            value: 1,
            values: mean && Float32Array.from({ length: steps * model.units }, (_, k) => mean[k % model.units]),
          };
        }
        if (edit.op !== "from") return edit;
        const [side, layer, site] = edit.site.split(".");
        const run = runOf(edit.sentence)[side];
        const name = `${layer}.${site}`;
        const rows = Array.from({ length: run.steps }, (_, t) => t);
        const values = rows.flatMap((t) => [...run.row(name, side === "enc" ? model.placeOf(t, run.steps) : t)]);
        return { ...edit, op: "values", values: new Float32Array(values) };
      });
  const sites = new Set(
    Object.keys(model.run([]).enc.sites).flatMap((site) => ["enc", "dec"].map((side) => `${side}.${site}`)),
  );

  function compute(view) {
    const key = JSON.stringify([view.sentence, view.edits]);
    if (key === runsKey) return runs;
    const tokens = tokensOf(view.sentence);
    const ids = source.ids(tokens);
    const plain = runOf(view.sentence);
    const edited = view.edits.length ? model.run(ids, { edits: resolve(view.edits) }) : null;
    const now = edited ?? plain;
    const twin = twinOf(visible(view.sentence), twins, payload.an);
    runsKey = key;
    runs = {
      tokens,
      ids,
      plain,
      edited,
      now,
      twinSentence: twin,
      words: plain.written.map(target.word),
      newWords: now.written.map(target.word),
      twin: () => (twin === null ? null : runOf(twin)),
      n: ids.length,
      m: now.written.length,
    };
    return runs;
  }

  /** A view that can be shown: cursor within the run and on its side, units and layers that exist. */
  function settle(view, patch) {
    const { n, m } = compute(view);
    const next = { ...view };
    next.layer = Math.min(view.layer, model.config.layers - 1);
    if (Number.isInteger(view.unit) && view.unit >= model.units) next.unit = "mean";
    if (!sites.has(`enc.l0.${view.site}`)) next.site = model.memory;
    if (view.pinned.some((unit) => unit >= model.units)) next.pinned = view.pinned.filter((unit) => unit < model.units);
    if ("side" in patch && !("at" in patch))
      next.at = view.side === "dec" ? Math.max(view.at, n) : Math.min(view.at, n - 1);
    next.at = Math.max(0, Math.min(next.at, n + m - 1));
    next.side = next.at < n ? "enc" : "dec";
    return next;
  }

  // The page begins with a word that must agree, so that the first picture is about something.
  const sentence = payload.examples[0].sentence;
  const opening = runOf(sentence);
  const first = opening.written.findIndex((id) => payload.agreeing[target.word(id)]?.kind === "agrees");
  const store = createStore(
    {
      sentence,
      at: opening.enc.steps + Math.max(0, first),
      unit: readout.has(`dec.l0.${model.memory}`) ? "gender" : "mean",
    },
    settle,
  );

  const app = {
    payload,
    model,
    store,
    readout,
    source,
    target,
    el,
    term,
    explain,
    tokensOf,
    runOf,
    resolve,
    runs: () => compute(store.get()),
    /** Where the cursor stands: the side and its step. */
    where() {
      const { at } = store.get();
      const { n } = app.runs();
      return at < n ? { side: "enc", t: at } : { side: "dec", t: at - n };
    },
    /** The cursor's number for a step of a side. */
    placeOf: (side, t) => (side === "enc" ? t : app.runs().n + t),
    go: (side, t) => store.set({ at: app.placeOf(side, t) }),
    /** The word read at a step, and the one written there. */
    read: (side, t, run = app.runs().now) =>
      side === "enc" ? app.runs().tokens[model.placeOf(t, run.enc.steps)] : target.word(run.dec.ids[t]),
    /** The other models of the page, "rnn" or "gru"; null where it has none. */
    rival(name) {
      if (!Object.hasOwn(payload.rivals, name)) return null;
      rivals[name] ??= unpack(payload.rivals[name]);
      return rivals[name];
    },
    /** The boy/girl twin of a sentence, or null. */
    twin: (sentence) => twinOf(visible(sentence), twins, payload.an),
    /** The k units that weigh most in the gender's readout, as `translate intervene --units top:k` has them. */
    top: (k, side = "dec", layer = 0) => (payload.ranking[`${side}.l${layer}`] ?? []).slice(0, k),
    /** As many other units, drawn with a fixed seed. */
    random: (chosen, draw) =>
      payload.random[draw % payload.random.length].filter((unit) => !chosen.includes(unit)).slice(0, chosen.length),
    floats,
    aggregate: (id) => aggregate(app, id),
    ...words,
    /** p(feminine) in the memory after each step of a side, or null where nothing reads it. */
    genders(side, run = app.runs().now, layer = 0) {
      const site = `${side}.l${layer}.${model.memory}`;
      return readout.has(site)
        ? Array.from({ length: run[side].steps }, (_, t) =>
            readout.p(site, run[side].row(`l${layer}.${model.memory}`, t)),
          )
        : null;
    },
    END,
  };
  return app;
}

/** The page's app; tests and the console ask it. */
export let app;

function start() {
  app = createApp();
  const main = document.querySelector("main");
  app.problem = (text) => {
    const line = document.getElementById("problem");
    line.textContent = text;
    line.hidden = !text;
  };
  const mounted = {};
  const header = mountHeader(app, SCREENS, () => mounted[app.store.get().screen]);
  fill(document.querySelector("footer"), footer(app));

  function show(view, why) {
    const screen = SCREENS.find(({ id }) => id === view.screen);
    let now = mounted[screen.id];
    if (!now) {
      const body = el("div", { class: "body" });
      const root = el(
        "section",
        { id: `screen-${screen.id}`, "aria-labelledby": `title-${screen.id}`, tabindex: -1 },
        el("h2", { id: `title-${screen.id}` }, screen.title),
        el("p", { class: "question" }, screen.question),
        body,
      );
      main.append(root);
      now = mounted[screen.id] = { screen, root, ...screen.mount(body, app) };
      why = new Set([...why, "shown", "screen"]);
    }
    for (const id in mounted) mounted[id].root.hidden = id !== screen.id;
    if (why.has("screen")) document.title = `${screen.title} · See an LSTM remember`;
    header.update(view, app.runs(), why);
    // Much may have changed meanwhile
    now.update(view, app.runs(), why.has("screen") ? new Set([...why, "shown", "runs"]) : why);
  }

  app.problem(app.store.read(location.hash));
  let before = null;
  let writing = 0;
  app.store.subscribe((view, why) => {
    const runs = app.runs();
    if (runs !== before) why.add("runs");
    before = runs;
    show(view, why);
    clearTimeout(writing); // browsers bound how often a page may change its address
    writing = setTimeout(() => history.replaceState(null, "", `#${app.store.hash()}`), 250);
  });
  const everything = () => show(app.store.get(), new Set(["runs", "scheme", "size", "shown"]));
  addEventListener("hashchange", () => app.problem(app.store.read(location.hash)));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    forgetColours();
    everything();
  });
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) {
      width = innerWidth;
      everything();
    }
  });
  everything();
  document.documentElement.dataset.ready = "yes";
}

start();
