/**
 * From a sentence to the steps of the network and back, as translate/text.py, lines.py and tokenizer.py (words) do
 * it.
 */
import { END, PAD, START, UNKNOWN } from "app/network/model.js";

export const LONGEST = 250; // words that the page has room and time for; the others read more
const W = "[\\p{L}\\p{N}_]";
const JOINERS = "\\u200c\\u200d";
const LETTER = `[\\p{L}\\p{N}_\\p{M}${JOINERS}]`;
// What is written on or tied to a letter or sign belongs to it: accents, joiners, tones of skin, the parts of 👩‍👧.
const SIGN = `[^\\p{L}\\p{N}_\\s${JOINERS}][\\p{M}${JOINERS}\\u{1f3fb}-\\u{1f3ff}]*`;
const FLAG = "[\\u{1f1e6}-\\u{1f1ff}]{2}";
const TOKEN = new RegExp(`${W}${LETTER}*(?:[-'’]${LETTER}+)*|${FLAG}|${SIGN}(?:(?<=\\u200d)${SIGN})*|${LETTER}`, "gu");
const re = (source) => new RegExp(source.replaceAll("^", `(?<!${W})`).replaceAll("$", `(?!${W})`), "giu");
const CONTRACTIONS = [
  [re("^won't$"), "will not"],
  [re("^can't$"), "can not"],
  [re("n't$"), " not"],
  [re("^(I)'m$"), "$1 am"],
  [re("^(you|we|they)'re$"), "$1 are"],
  [re("^(he|she|it|who|that)'s$"), "$1 is"],
];
const NO_SPACE_BEFORE = new Set(",.!?;:)]}%…“");
const NO_SPACE_AFTER = new Set(["", "(", "[", "{", "„", "open"]);
const STOPS = new Set(".!?:");

/** The form in which all text is read (`normal` of translate/text.py): composed, on one line, no invisible marks. */
export const normal = (text) =>
  text
    .replace(/[\p{Cc}▁]/gu, " ")
    .replace(/(?![\u200c\u200d])\p{Cf}/gu, "")
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/[￭␣￬]/gu, (sign) => ({ "￭": "■", "␣": "⎵", "￬": "↓" })[sign]) // with these `join` writes its marks
    .normalize("NFC")
    .split(/\s+/u)
    .filter((word) => /[^\u200c\u200d]/u.test(word))
    .join(" ");

/** @param {string} text @param {boolean} english spell out contractions first */
export function split(text, english = false) {
  if (english) {
    text = text.replaceAll("’", "'");
    for (const [pattern, by] of CONTRACTIONS) text = text.replace(pattern, by);
  }
  return text.match(TOKEN) ?? [];
}

const capitalised = (word) => word.slice(0, 1).toUpperCase() + word.slice(1);

/** Text as people write it: punctuation attached, the first letter of each sentence in upper case. */
export function join(tokens) {
  let text = "";
  let before = "";
  let quoted = false;
  let capital = true;
  let after = "";
  for (const marked of tokens) {
    // What the marks of `split_exactly` (translate/text.py) say goes before what is usual.
    const [, ahead, token, behind] = marked.match(/^([￭␣￬]*)(.*?)([￭␣￬]*)$/u);
    const marks = after + ahead;
    after = behind;
    capital &&= !/[￭￬]/u.test(marks);
    if (!token) {
      after += ahead;
      continue;
    }
    const opens = token === "„" || (token === '"' && !quoted);
    const closes = token === "“" || (token === '"' && quoted);
    const usual = closes || (NO_SPACE_BEFORE.has(token) && !opens) || NO_SPACE_AFTER.has(before);
    const glued = marks.includes("￭") || (usual && !(marks.includes("␣") && text));
    text += (glued ? "" : " ") + (capital && !opens && !closes ? capitalised(token) : token);
    if (opens || closes) {
      capital &&= !(closes && (before === "?" || before === "!"));
      quoted = opens;
      before = opens ? "open" : "close";
    } else {
      capital = STOPS.has(token);
      before = token;
    }
  }
  return text;
}

/**
 * @param {string[]} vocabulary every piece by id
 * @param {{english?: boolean, pretokenised?: boolean}} options
 */
export function makeTokenizer(vocabulary, { english = false, pretokenised = false } = {}) {
  const idOf = new Map(vocabulary.map((word, id) => [word, id]));
  const words = vocabulary.slice(4);
  // The most frequent spelling wins
  const folded = new Map([...words].reverse().map((word) => [word.toLowerCase(), word]));
  const known = (word) => idOf.has(word) && idOf.get(word) > END;

  /** The words as the network takes them; unknown ones keep their spelling. */
  function tokens(text) {
    if (pretokenised) return text.split(/\s+/u).filter(Boolean);
    const found = split(text, english);
    // Where training has a word with the capital that opens a sentence, one typed without it means that.
    if (found.length && idOf.has(capitalised(found[0]))) found[0] = capitalised(found[0]);
    return found.map((word) => (idOf.has(word) ? word : (folded.get(word.toLowerCase()) ?? word)));
  }

  /** Known words that look like `word`, as Python's difflib finds them. */
  function nearest(word, count = 3) {
    const wanted = word.toLowerCase().slice(0, 40);
    return [...folded.keys()]
      .map((each) => [similarity(each, wanted), each])
      .filter(([score]) => score >= 0.6)
      .sort((a, b) => b[0] - a[0] || (b[1] > a[1] ? 1 : -1))
      .slice(0, count)
      .map(([, each]) => folded.get(each));
  }

  return {
    vocabulary,
    words,
    tokens,
    nearest,
    known,
    ids: (steps) => steps.map((word) => idOf.get(word) ?? UNKNOWN),
    id: (word) => idOf.get(word),
    word: (id) => (id === END ? "(end)" : id === START ? "(start)" : vocabulary[id]),
    text: (ids) => {
      const found = ids.filter((id) => id !== PAD && id !== START && id !== END).map((id) => vocabulary[id]);
      return pretokenised ? found.join(" ") : join(found);
    },
  };
}

/** Ratcliff & Obershelp's measure: twice the characters in common runs over all characters. */
function similarity(a, b) {
  const common = (a0, a1, b0, b1) => {
    let size = 0;
    let from = a0;
    let to = b0;
    for (let i = a0; i < a1; i++) {
      for (let j = b0; j < b1; j++) {
        let k = 0;
        while (i + k < a1 && j + k < b1 && a[i + k] === b[j + k]) k++;
        if (k > size) [size, from, to] = [k, i, j];
      }
    }
    return size && size + common(a0, from, b0, to) + common(from + size, a1, to + size, b1);
  };
  return (2 * common(0, a.length, 0, b.length)) / (a.length + b.length || 1);
}

/**
 * The boy/girl twin of an English sentence (translate/chat/twin.py); null if it has none.
 * @param {string} sentence @param {Map<string, string>} twins @param {string[]} an words that take "an"
 * @param {(place: number) => boolean} within which of its words may change
 */
export function twinOf(sentence, twins, an, within = () => true) {
  const cased = (word, like) => (like[0] === like[0].toLowerCase() ? word : word[0].toUpperCase() + word.slice(1));
  const words = split(sentence, true);
  const found = [];
  let any = false;
  for (const [place, word] of words.entries()) {
    const other = within(place) ? (twins.get(word) ?? twins.get(word.toLowerCase())) : undefined;
    any ||= other !== undefined;
    if (other && /^an?$/i.test(found.at(-1) ?? "")) found.push(cased(an.includes(other) ? "an" : "a", found.pop()));
    found.push(other ? cased(other, word) : word);
  }
  return any ? join(found) : null;
}
