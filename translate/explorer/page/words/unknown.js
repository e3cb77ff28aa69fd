/** The words of a sentence that the model does not know, each with those that are like it. */
import { el } from "app/drawing/draw.js";

/**
 * A line for each, five at most, and one where the sentence is too long.
 * @param source the tokenizer @param {string} sentence as it was typed @param {string[]} tokens those that are read
 * @param {(better: string) => void} put takes the sentence with a word that is known
 */
export function unknownWords(source, sentence, tokens, put) {
  const words = [...new Set(tokens.filter((word) => !source.known(word)))].slice(0, 5);
  const long = source.tokens(sentence.slice(0, 20000)).length > tokens.length;
  const known = (word) =>
    source
      .nearest(word)
      .map((better) =>
        el("button", { class: "word", onclick: () => put(sentence.replace(word, () => better)) }, better),
      );
  const line = (word, near) =>
    el(
      "p",
      null,
      el("b", null, word.length > 40 ? `${word.slice(0, 40)}…` : word),
      " is not a word that this model knows",
      near.length ? ["; it knows ", near] : ", so what follows means little.",
    );
  return [
    ...words.map((word) => line(word, known(word))),
    ...(long ? [el("p", null, `Only the first ${tokens.length} words are read: a page has no room for more.`)] : []),
  ];
}
