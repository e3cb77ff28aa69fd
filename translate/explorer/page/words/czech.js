/** What the page knows of a Czech word: translate/explorer/grammar.py, by way of the payload. */
import { el } from "app/drawing/draw.js";
import { payload } from "app/words/payload.js";
import { GENDERS, SHAPES } from "app/words/terms.js";

const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : null);

/** {gender, kind: "noun"|"agrees", other} of a Czech word, or null. */
export const grammar = (word) => own(payload.agreeing, word.toLowerCase());

/** Its English; "" where there is none. */
export const gloss = (word) => own(payload.glosses, word) ?? "";

/** A Czech word with its agreeing ending and gender marked; the mark is colour, letters and shape. */
export function czech(word) {
  const known = grammar(word);
  if (!known) return el("span", { class: "czech", lang: "cs" }, word);
  const { gender, kind, other } = known;
  let same = 0;
  while (kind !== "noun" && same < word.length && word[same].toLowerCase() === other[same]) same++;
  return el(
    "span",
    { class: `czech ${gender}`, lang: "cs" },
    word.slice(0, same),
    el("b", null, word.slice(same)),
    el("span", { class: `shape ${gender}`, "aria-hidden": "true" }, SHAPES[gender]),
  );
}

/** What there is to say of a Czech word: its English, its gender, its twin. */
export function about(word) {
  const known = grammar(word);
  const english = gloss(word);
  if (!known) return english ? `${word}: “${english}”` : word;
  const twin = GENDERS[known.gender === "m" ? "f" : "m"];
  const kind = known.kind === "noun" ? "noun, " : "";
  return `${word}: “${english || "?"}”, ${kind}${GENDERS[known.gender]}; ${twin}: ${known.other}`;
}
