/** The units that are on at the marked words, and where else in the corpus they are on too. */
import { el, fill } from "app/drawing/draw.js";
import { decoded, matches, patternOf } from "app/map/patterns.js";
import { SHAPES } from "app/words/terms.js";

const LIKEST = 20;
const SHOWN = 6;

/** One end of the mark, as a choice among the words. */
function end({ store }, map, name, which, mark) {
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

/** One line of the list: how much of the pattern is there, and the sentence with the words where it is. */
function sentenceLine(app, side, words, { from, share, gender }, { count, length }) {
  const { word } = side === "enc" ? app.source : app.target;
  return el(
    "li",
    null,
    el("span", { class: "share", lang: "en" }, `${Math.round(share * count)} of ${count} ${SHAPES[gender] ?? ""} `),
    words.map(
      (id, k) =>
        id !== app.END && [
          /^\p{P}/u.test(word(id)) ? "" : " ",
          k >= from && k < from + length ? el("mark", null, word(id)) : word(id),
        ],
    ),
  );
}

/** Which genders are current where the pattern is. */
function gendersAt(app, best, all) {
  const likest = best.slice(0, LIKEST);
  const of = (gender) => likest.filter((match) => match.gender === gender).length;
  return [
    `Of the ${likest.length} likest places, each in another of ${best.length} corpus sentences, the `,
    app.term("current gender"),
    ` is feminine ${SHAPES.f} at `,
    el("b", null, of("f")),
    ` and masculine ${SHAPES.m} at `,
    el("b", null, of("m")),
    `. At all ${all.m + all.f + all["-"]} places: ${all.f} and ${all.m}.`,
  ];
}

/** @param map the memory map: its words and its marked columns */
export function makeElsewhere(app, map) {
  const node = el("section", { class: "card", "aria-label": "The same pattern elsewhere" });
  const corpora = {};
  const follow = () => app.store.set({ brush: null });

  function show({ side, brush }, runs, [from, to]) {
    const coded = app.payload.corpus?.[side];
    if (!coded) return fill(node, el("p", null, "This page was made without the corpus sentences (--minimal)."));
    corpora[side] ??= decoded(coded);
    const on = patternOf(corpora[side], runs.now[side].sites[coded.site], from, to);
    const count = on.high.length + on.low.length;
    const length = to - from + 1;
    const { best, all } = matches(corpora[side], on, length);
    const where = to > from ? "every marked word" : `“${map.words()[from]}”`;
    const lines = best
      .slice(0, SHOWN)
      .map((match) => sentenceLine(app, side, coded.words[match.sentence], match, { count, length }));
    return fill(
      node,
      el("h3", null, "Where else are these units on?"),
      el(
        "p",
        { class: "ends" },
        "Marked words ",
        ["from", "to"].map((name, which) => end(app, map, name, which, [from, to])),
        brush ? el("button", { onclick: follow }, "follow the cursor") : null,
      ),
      el(
        "p",
        null,
        app.term("pattern", `${count} units`),
        ` of ${coded.site.slice(3)} are on at ${where} (${on.high.length} high, ${on.low.length} low). `,
        count ? gendersAt(app, best, all) : "Mark fewer words.",
      ),
      count ? el("ol", { class: "sentences", lang: side === "dec" ? "cs" : null }, lines) : null,
    );
  }
  return { node, show: (view, runs) => show(view, runs, map.marked(view)) };
}
