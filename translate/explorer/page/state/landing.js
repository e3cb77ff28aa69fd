/** Where a link lands that names a word, or a side, or nothing but a sentence: it cannot know how many words come. */

/** The first word of a side that its story is about: the one that must agree, or the person that is read. */
function told({ payload, model, target }, { tokens, plain, n }, side) {
  const agrees = (id) => payload.agreeing[target.word(id)]?.kind === "agrees";
  if (side === "dec") return plain.written.findIndex(agrees);
  const person = tokens.findIndex((word) => Object.hasOwn(payload.genders.en, word.toLowerCase()));
  return person < 0 ? person : model.placeOf(person, n);
}

/** The step of a side at which a word has just been read, or is written; −1 where it never is. */
function stepOf({ model, target }, { tokens, plain, n }, side, { read, writes }) {
  const written = plain.written.map(target.word);
  if (side === "dec") return writes ? written.indexOf(writes) : written.indexOf(read) + 1 || -1;
  const place = tokens.indexOf(read || writes);
  return place < 0 ? place : model.placeOf(place, n);
}

/**
 * The cursor's number for what a link says.
 * @param given the `payload`, the `model`, and the tokenizer `target`
 * @param {{side: "enc"|"dec", read?: string, writes?: string}} said
 */
export function landing(given, runs, { side, ...words }) {
  const named = words.read || words.writes ? stepOf(given, runs, side, words) : -1;
  const step = Math.max(0, named < 0 ? told(given, runs, side) : named);
  return side === "enc" ? Math.min(step, runs.n - 1) : runs.n + step;
}
