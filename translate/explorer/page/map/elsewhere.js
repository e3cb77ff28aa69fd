/** The units that are on at the marked words, and where else in the corpus they are on too. */
import { el, fill } from "app/drawing/draw.js";
import { decoded, matches, patternOf } from "app/map/patterns.js";
import { SHAPES } from "app/words/terms.js";

const LIKEST = 20;
const SHOWN = 6;

/** @param map the memory map: its words and its marked columns */
export function makeElsewhere(app, map) {
  const { store } = app;
  const node = el("section", { class: "card", "aria-label": "The same pattern elsewhere" });
  const corpora = {};

  /** One end of the mark, as a choice among the words. */
  function end(name, which, mark) {
    const onchange = (event) => {
      const ends = map.marked(store.get());
      ends[which] = Number(event.target.value);
      store.set({ brush: ends.sort((p, q) => p - q) });
    };
    const options = map
      .words()
      .map((text, k) => el("option", { value: k, selected: k === mark[which] }, `${k + 1} ${text}`));
    return el("label", null, `${name} `, el("select", { "aria-label": `Marked words ${name}`, onchange }, options));
  }

  function show(view, runs) {
    const coded = app.payload.corpus?.[view.side];
    const [from, to] = map.marked(view);
    if (!coded) return fill(node, el("p", null, "This page was made without the corpus sentences (--minimal)."));
    corpora[view.side] ??= decoded(coded);
    const corpus = corpora[view.side];
    const on = patternOf(corpus, runs.now[view.side].sites[coded.site], from, to);
    const count = on.high.length + on.low.length;
    const { best, all } = matches(corpus, on, to - from + 1);
    const likest = best.slice(0, LIKEST);
    const of = (gender) => likest.filter((match) => match.gender === gender).length;
    const { word } = view.side === "enc" ? app.source : app.target;

    const sentence = ({ sentence, from: start, share, gender }) =>
      el(
        "li",
        null,
        el("span", { class: "share", lang: "en" }, `${Math.round(share * count)} of ${count} ${SHAPES[gender] ?? ""} `),
        coded.words[sentence].map(
          (id, k) =>
            id !== app.END && [
              /^\p{P}/u.test(word(id)) ? "" : " ",
              k >= start && k <= start + to - from ? el("mark", null, word(id)) : word(id),
            ],
        ),
      );
    const where = to > from ? "every marked word" : `“${map.words()[from]}”`;
    return fill(
      node,
      el("h3", null, "Where else are these units on?"),
      el(
        "p",
        { class: "ends" },
        "Marked words ",
        ["from", "to"].map((name, which) => end(name, which, [from, to])),
        view.brush
          ? el("button", { type: "button", onclick: () => store.set({ brush: null }) }, "follow the cursor")
          : null,
      ),
      el(
        "p",
        null,
        app.term("pattern", `${count} units`),
        ` of ${coded.site.slice(3)} are on at ${where} (${on.high.length} high, ${on.low.length} low). `,
        count
          ? [
              `Of the ${likest.length} likest places, each in another of ${best.length} corpus sentences, the `,
              app.term("current gender"),
              ` is feminine ${SHAPES.f} at `,
              el("b", null, of("f")),
              ` and masculine ${SHAPES.m} at `,
              el("b", null, of("m")),
              `. At all ${all.m + all.f + all["-"]} places: ${all.f} and ${all.m}.`,
            ]
          : "Mark fewer words.",
      ),
      count
        ? el("ol", { class: "sentences", lang: view.side === "dec" ? "cs" : null }, best.slice(0, SHOWN).map(sentence))
        : null,
    );
  }
  return { node, show };
}
