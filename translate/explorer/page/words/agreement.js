/**
 * Does a translation agree where there is no reference? As translate/lesson/judge.py says it. No DOM.
 *
 * Each English clause has the gender of the first word that fixes one. The Czech is cut into as many parts, wherever
 * that makes the fewest words wrong; in a part every agreeing word must show the gender of its noun in the nominative,
 * or, where it has none, that of the English clause. And each English person must have become a Czech one.
 */

import { lacking, unpaired } from "app/words/counterparts.js";

const ENGLISH_JOINTS = new Set([",", "and", "but"]);
const CZECH_JOINTS = new Set([",", "a", "ale"]);
const SPEAKERS = new Set(["i", "you"]);
const RELATIVE = new Set(["který", "která"]); // a comma before them begins no new person
const NOT_A_PERSON = new Set(["his", "her", "himself", "herself"]);
const DETERMINERS = new Set(["a", "an", "the", "my", "your", "his", "her"]);

/**
 * @typedef {{genders: Object<string, string>, grammar: (czech: string) => {gender: string, kind: string}|null,
 *   gloss: (czech: string) => string}} Words
 */

/**
 * @param {string[]} english @param {string[]} czech without the end mark @param {Words} known
 * @returns {{judged: number[], wrong: number[], lost: string[]}} positions in the Czech; English nouns that are lost
 */
export function judge(english, czech, known) {
  const shown = czech.map((word) => {
    const it = known.grammar(word);
    return it?.kind === "agrees" ? it.gender : null;
  });
  return {
    judged: czech.flatMap((_, t) => (shown[t] ? [t] : [])),
    wrong: wrong(english, czech, shown, known),
    lost: lost(english, czech, known),
  };
}

function wrong(english, czech, shown, known) {
  const joints = [
    0,
    ...czech.flatMap((word, t) =>
      CZECH_JOINTS.has(word.toLowerCase()) && !RELATIVE.has(czech[t + 1]?.toLowerCase()) ? [t] : [],
    ),
    czech.length,
  ];
  const fewest = (lists) => lists.reduce((a, b) => (a === null || b.length < a.length ? b : a), null);
  // Of what stands before each joint, cut into the clauses so far
  let best = joints.map((joint) => (joint === 0 ? [] : null));
  for (const gender of clauses(english, known))
    best = joints.map((end, to) =>
      fewest(
        joints
          .slice(0, to + 1)
          .flatMap((start, k) =>
            best[k] ? [[...best[k], ...wrongIn(czech, shown, start, end, gender, known.grammar)]] : [],
          ),
      ),
    );
  return best.at(-1) ?? [];
}

/** The gender that each English clause is about, null where no word of it fixes one. */
function clauses(english, { genders }) {
  const parts = [[]];
  const speakers = {};
  for (const word of english)
    if (ENGLISH_JOINTS.has(word.toLowerCase())) parts.push([]);
    else parts.at(-1).push(word);
  const found = parts
    .filter((part) => part.some((word) => /^\p{L}+$/u.test(word)))
    .map((part) => {
      const fixed = part
        .filter((word) => !NOT_A_PERSON.has(word.toLowerCase()))
        .map((word) => genders[word] ?? genders[word.toLowerCase()])
        .find(Boolean);
      const speaker = part.find((word) => SPEAKERS.has(word.toLowerCase()))?.toLowerCase();
      if (!speaker) return fixed ?? null;
      speakers[speaker] = fixed ?? speakers[speaker] ?? null;
      return speakers[speaker];
    });
  return found.length ? found : [null];
}

function wrongIn(czech, shown, start, end, english, grammar) {
  const nouns = new Set(
    czech
      .slice(start, end)
      .map(grammar)
      .filter((it) => it?.kind === "noun")
      .map((it) => it.gender),
  );
  const places = czech.flatMap((_, t) => (t >= start && t < end && shown[t] ? [t] : []));
  const count = (gender) => places.filter((t) => shown[t] === gender).length;
  const gender = (nouns.size === 1 ? [...nouns][0] : english) ?? (count("m") >= count("f") ? "m" : "f");
  return places.filter((t) => shown[t] !== gender);
}

const listed = (words) => words.slice(0, 4).join(", ") + (words.length > 4 ? " …" : "");

/**
 * Why what the model writes of its own accord may be wrong: who is lost, which words do not agree, which have no
 * counterpart in the other language, of which it is itself less sure than of all but one in a thousand right ones; and
 * what of the sentence it was never taught.
 */
export function doubtsOf(app, { tokens, plain }) {
  const written = plain.written.filter((id) => id !== app.END).map(app.target.word);
  const { wrong, lost } = judgeRun(app, tokens, written);
  const apart = unpaired(app.payload, tokens, written);
  const gone = apart.lost.filter((word) => !lost.includes(word));
  const lacks = lacking(app.payload, tokens);
  const { bar } = app.payload;
  const logs = plain.written.map((id, t) => Math.log(plain.probs[t][id]));
  const unsure = bar ? written.filter((_, t) => logs[t] < bar.word) : [];
  const whole = bar && !unsure.length && logs.reduce((sum, log) => sum + log, 0) < bar.total;
  return [
    lost.length && `nobody in the Czech stands for ${listed(lost)}`,
    gone.length && `nothing in the Czech stands for ${listed(gone)}`,
    apart.added.length && `nothing in the English is ${listed(apart.added)}`,
    wrong.length && `${listed(wrong.map((t) => written[t]))} does not agree with its person`,
    unsure.length && `the model is unsure of ${listed(unsure)}`,
    whole && "the model is unsure of the whole",
    lacks && `it was never taught sentences with ${lacks}`,
  ].filter(Boolean);
}

/** `judge` with the words that the page knows. */
export function judgeRun({ payload, grammar, gloss }, english, czech) {
  return judge(english, czech, { genders: payload.genders.en, grammar, gloss });
}

/** The English nouns for people, after an article or the like, that no Czech word stands for. */
function lost(english, czech, { genders, gloss }) {
  const left = czech.map((word) => gloss(word).toLowerCase());
  return english.filter((word, t) => {
    const name = word.toLowerCase();
    const before = english.slice(Math.max(0, t - 2), t).map((each) => each.toLowerCase());
    if (
      !genders[name] ||
      NOT_A_PERSON.has(name) ||
      name === "he" ||
      name === "she" ||
      !before.some((each) => DETERMINERS.has(each))
    )
      return false;
    const at = left.indexOf(name);
    if (at >= 0) left[at] = "";
    return at < 0;
  });
}
