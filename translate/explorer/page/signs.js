/** What the parts of a cell are called, and a number with its sign. */
import { number } from "app/draw.js";

export const NAMES = {
  x: "The word",
  h0: "Hidden state before",
  c0: "Memory before",
  f: "Forget valve",
  i: "Memory valve",
  g: "Candidate",
  c: "Memory after",
  o: "Output valve",
  h: "Hidden state after",
};

export const signed = (x) => (x >= 0 ? "+" : "") + number(x);
