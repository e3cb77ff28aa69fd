/**
 * What a translation lacks or adds, word by word, and what of a sentence the model was never taught: the tables of
 * translate/explorer/grammar.py (`counterparts`) and translate/lesson/taught.py, by way of the payload. No DOM.
 */

/**
 * Czech words without any English word that they may stand for ("": one that may stand for none), and English ones for
 * which none stands there.
 * @param {string[]} english @param {string[]} czech without the end mark
 */
export function unpaired({ counterparts }, english, czech) {
  const lower = (words) => words.map((word) => word.toLowerCase());
  const [said, written] = [new Set(["", ...lower(english)]), new Set(lower(czech))];
  const englishOf = (word) => (Object.hasOwn(counterparts, word) ? counterparts[word] : []);
  const wanted = new Set(Object.values(counterparts).flat());
  const there = new Set([...written].flatMap(englishOf));
  return {
    added: czech.filter((word) => {
      const any = englishOf(word.toLowerCase());
      return any.length && !any.some((each) => said.has(each));
    }),
    lost: english.filter((word) => wanted.has(word.toLowerCase()) && !there.has(word.toLowerCase())),
  };
}

/** As `Taught.lacks`: the neighbours or the number of clauses that no sentence of the training had, or "". */
export function lacking({ taught }, tokens) {
  const words = tokens.filter((word) => word !== ".");
  if (!taught || !words.length) return "";
  const joins = words.filter((word) => /^(and|but)$/i.test(word)).length;
  if (joins > taught.joins) return `${joins + 1} clauses`;
  const kind = (word) =>
    Object.hasOwn(taught.kinds, word.toLowerCase()) ? taught.kinds[word.toLowerCase()] : word.toLowerCase();
  const known = new Set(taught.neighbours.map((pair) => pair.join(" ")));
  const edged = ["", ...words, ""];
  const at = edged.findIndex((word, k) => k && !known.has(`${kind(edged[k - 1])} ${kind(word)}`));
  return at < 0 ? "" : `“${`${edged[at - 1]} ${edged[at]}`.trim()}”`;
}
