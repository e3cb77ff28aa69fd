/** What stays above every screen: the sentence, its translation, the time cursor, the clamps, the link and the files. */
import { el, fill, percent } from "app/draw.js";
import { filesOf, save } from "app/export.js";
import { lookAlong, openness, said, genderOf, NAMES } from "app/readout.js";

const VALVES = { f: "forget valve", i: "memory valve", o: "output valve", z: "update gate", r: "reset gate" };

/** The words of two translations that differ, place by place or, where their lengths differ, beyond common beginning and end. */
export function differing(before, after) {
  const found = new Set();
  if (before.length === after.length) after.forEach((word, t) => word !== before[t] && found.add(t));
  else {
    let head = 0,
      tail = 0;
    while (head < Math.min(before.length, after.length) && before[head] === after[head]) head++;
    while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
    for (let t = head; t < after.length - tail; t++) found.add(t);
  }
  return found;
}

/** The sentence for the word under the cursor: its valves in number and word, and what became of the gender. */
export function cursorSentence(app, view) {
  const { side, t } = app.where(),
    { now, n, m } = app.runs(),
    side_ = now[side];
  if (!n) return "Type an English sentence.";
  const c = app.model.memory,
    site = `l${view.layer}`,
    look = lookAlong(app, view, side, c);
  const what =
    side === "enc"
      ? `Reading word ${t + 1} of ${n}, “${app.read(side, t)}”`
      : `Writing word ${t + 1} of ${m}, “${app.target.word(now.written[t])}”, after reading “${app.read(side, t)}”`;
  const valves = ["f", "i", "z"]
    .filter((name) => side_.sites[`${site}.${name}`])
    .map((name) => {
      const value = look.valve(side_.row(`${site}.${name}`, t));
      return `${VALVES[name]} ${value.toFixed(2)}, ${openness(value, app.payload.walk)}`;
    });
  const read = `${side}.${site}.${c}`;
  if (app.readout.has(read)) {
    const [p, q] = [side_.before(`${site}.${c}`, t), side_.row(`${site}.${c}`, t)].map((row) =>
      app.readout.p(read, row),
    );
    const from = NAMES[genderOf(p)];
    valves.push(
      genderOf(p) === genderOf(q) || (side === "enc" && t === 0)
        ? `gender in memory: ${said(q)}`
        : `gender in memory: ${from} → ${said(q)}`,
    );
  }
  return `${what}: ${valves.join("; ")} (valves: ${look.name}).`;
}

export function mountHeader(app, screens, shown) {
  const { store } = app,
    $ = (id) => document.getElementById(id);
  const box = $("sentence"),
    english = $("english"),
    czech = $("czech"),
    range = $("scrub"),
    live = $("live");

  // ------------------------------------------------------------------------------------------------ sentence
  box.addEventListener("input", () => store.set({ sentence: box.value }));
  $("ask").addEventListener("submit", (event) => event.preventDefault());
  const examples = $("examples");
  app.payload.examples.forEach(({ sentence, about }, k) =>
    examples.append(el("option", { value: k }, `${sentence} — ${about}`)),
  );
  examples.addEventListener("change", () => {
    if (examples.value) store.set({ sentence: app.payload.examples[examples.value].sentence });
    examples.value = "";
  });
  $("swap").addEventListener("click", () => {
    const { twinSentence } = app.runs();
    if (twinSentence) store.set({ sentence: twinSentence });
  });
  const add = (word) => store.set({ sentence: `${store.get().sentence.trimEnd()} ${word}`.trimStart() });
  const known = $("known").querySelector("summary");
  known.addEventListener(
    "click",
    () => {
      const words = [...app.source.words].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
      fill(
        $("words"),
        words.map((word) => el("button", { type: "button", class: "word", onclick: () => add(word) }, word)),
      );
    },
    { once: true },
  );

  function unknown({ tokens }) {
    const words = [...new Set(tokens.filter((word) => !app.source.known(word)))].slice(0, 5);
    const long = app.source.tokens(box.value.slice(0, 20000)).length > tokens.length;
    fill(
      $("unknown"),
      words.map((word) => {
        const near = app.source.nearest(word);
        const put = (better) => store.set({ sentence: store.get().sentence.replace(word, () => better) });
        return el(
          "p",
          null,
          el("b", null, word.length > 40 ? `${word.slice(0, 40)}…` : word),
          " is not a word that this model knows",
          near.length
            ? [
                "; it knows ",
                near.map((better) =>
                  el("button", { type: "button", class: "word", onclick: () => put(better) }, better),
                ),
              ]
            : ", so what follows means little.",
        );
      }),
      long ? el("p", null, `Only the first ${tokens.length} words are read.`) : null,
    );
  }

  // --------------------------------------------------------------------------------------------------- words
  const chip = (place, kind, ...inside) =>
    el(
      "button",
      {
        type: "button",
        tabindex: -1,
        class: `chip ${kind}`,
        "data-at": place,
        onclick: () => store.set({ at: place }),
      },
      ...inside,
    );
  function words({ tokens, now, plain, edited, n, words: before, newWords }) {
    fill(
      english,
      tokens.map((_, t) => {
        const word = tokens[app.model.placeOf(t, n)];
        return chip(t, app.source.known(word) ? "" : "unknown", word);
      }),
    );
    const changed = edited ? differing(before, newWords) : new Set();
    fill(
      czech,
      now.written.map((id, t) => {
        const word = app.target.word(id),
          node = chip(n + t, changed.has(t) ? "changed" : "", id === app.END ? "end" : app.czech(word));
        return app.explain(
          node,
          () => `${id === app.END ? "the end of the sentence" : app.about(word)}; p = ${percent(now.probs[t][id])}`,
        );
      }),
    );
    const was = $("was");
    was.hidden = !edited;
    fill(
      was,
      edited
        ? [
            "Without the clamps: ",
            el("span", { lang: "cs" }, app.target.text(plain.written)),
            changed.size ? ` (${changed.size} ${changed.size === 1 ? "word differs" : "words differ"})` : " (the same)",
          ]
        : "",
    );
    $("cut").hidden = now.finished;
  }

  // -------------------------------------------------------------------------------------------------- cursor
  let playing = 0;
  const last = () => app.runs().n + app.runs().m - 1;
  function play(on) {
    clearInterval(playing);
    playing = on
      ? setInterval(() => (store.get().at < last() ? store.set({ at: store.get().at + 1 }) : play(false)), 700)
      : 0;
    $("play").setAttribute("aria-pressed", String(Boolean(on)));
    $("play").textContent = on ? "❚❚" : "▶";
  }
  const toggle = () => {
    if (!playing && store.get().at >= last()) store.set({ at: 0 });
    play(!playing);
  };
  $("play").addEventListener("click", toggle);
  range.addEventListener("input", () => store.set({ at: Number(range.value) }));
  addEventListener("keydown", (event) => {
    const { tagName, type } = event.target,
      move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const busy =
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      tagName === "SELECT" ||
      tagName === "TEXTAREA" ||
      (tagName === "INPUT" && type !== "range" && type !== "radio" && type !== "checkbox");
    if (busy || (event.target !== range && type === "range")) return;
    if (
      move &&
      event.target !== range &&
      type !== "radio" &&
      event.target.getAttribute?.("role") !== "grid" &&
      event.target.getAttribute?.("role") !== "tab"
    ) {
      store.set({ at: store.get().at + move });
      event.preventDefault();
    }
    if (
      event.key === " " &&
      !["BUTTON", "SUMMARY", "A"].includes(tagName) &&
      type !== "radio" &&
      type !== "checkbox" &&
      event.target.getAttribute?.("role") !== "button"
    ) {
      toggle();
      event.preventDefault();
    }
  });

  // ------------------------------------------------------------------------------------------ clamps and files
  $("skip").addEventListener("click", (event) => {
    event.preventDefault();
    shown().root.focus();
  });
  $("clear").addEventListener("click", () => store.set({ edits: [] }));
  $("copy").addEventListener("click", async (event) => {
    const link = store.link(),
      button = event.currentTarget;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // file:// has no clipboard everywhere
      const area = el("textarea", { value: link });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "Copied";
    setTimeout(() => {
      button.textContent = "Copy link";
    }, 1500);
  });
  const menu = $("export");
  menu.querySelector("summary").addEventListener("click", () => {
    const { screen, root, exports } = shown(),
      view = store.get();
    const data = () => ({
      about: app.payload.about,
      measured: app.payload.measured,
      view,
      link: store.link(),
      read: app.runs().tokens,
      written: app.runs().newWords,
      values: valuesOf(app),
    });
    fill(
      $("files"),
      filesOf(screen.id, root, data, exports?.()).map(({ name, kind, make }) =>
        el(
          "button",
          {
            type: "button",
            onclick: async () => {
              save(name, await make());
              menu.open = false;
            },
          },
          el("b", null, kind.toUpperCase()),
          ` ${name}`,
        ),
      ),
    );
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // ---------------------------------------------------------------------------------------------- navigation
  fill(
    $("screens"),
    screens.map(({ id, title }) =>
      el(
        "button",
        {
          type: "button",
          "data-screen": id,
          onclick: () => {
            store.set({ screen: id });
            $(`screen-${id}`).scrollIntoView({ block: "nearest" });
          },
        },
        title,
      ),
    ),
  );

  return {
    update(view, runs, why) {
      if (why.has("runs")) {
        words(runs);
        if (box.value !== view.sentence) box.value = view.sentence;
        unknown(runs);
      }
      $("swap").disabled = runs.twinSentence === null;
      range.max = Math.max(0, runs.n + runs.m - 1);
      range.value = view.at;
      range.setAttribute("aria-valuetext", (live.textContent = cursorSentence(app, view)));
      for (const node of document.querySelectorAll(".chip")) {
        const at = Number(node.dataset.at),
          [side, place] = at < runs.n ? ["enc", app.model.placeOf(at, runs.n)] : ["dec", at - runs.n];
        node.toggleAttribute("data-now", at === view.at);
        node.toggleAttribute(
          "data-clamped",
          view.edits.some((edit) => edit.site.startsWith(side) && (!edit.steps || edit.steps.includes(place))),
        );
      }
      for (const node of $("screens").children)
        node.setAttribute("aria-current", node.dataset.screen === view.screen ? "page" : "false");
      $("clamps").hidden = !view.edits.length;
      $("count").textContent = `clamps: ${view.edits.length}`;
    },
  };
}

/** Every site of the run that is shown, rounded as far as float32 carries. */
const valuesOf = (app) =>
  Object.fromEntries(
    ["enc", "dec"].map((side) => [
      side,
      Object.fromEntries(
        Object.entries(app.runs().now[side].sites).map(([site, values]) => [
          site,
          [...values].map((x) => Number(x.toPrecision(7))),
        ]),
      ),
    ]),
  );
