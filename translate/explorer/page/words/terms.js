/** What the parts of a cell and the genders are called: translate/terms.py, by way of the payload. */
import { genderOf } from "app/network/readout.js";
import { payload } from "app/words/payload.js";

const { gates, states, candidates, sides, genders } = payload.terms;

/** By site: of a gate the lesson's word ("forget valve"), of a state the field's ("cell state"). */
export const SITES = Object.fromEntries([
  ...Object.entries({ ...gates, ...candidates }).map(([site, { lesson }]) => [site, lesson]),
  ...Object.entries(states).map(([site, { field }]) => [site, field]),
]);

export const SIDES = sides;

/** "m", "f", and null where it is undecided. */
export const GENDERS = { ...genders, null: "undecided" };

/** The mark of a gender: a circle is masculine, a square feminine, a diamond neither. */
export const SHAPES = { m: "●", f: "■", null: "◇" };

/** "feminine 97 %" */
export const genderName = (p) => `${GENDERS[genderOf(p)]} ${Math.min(99, Math.round(100 * Math.max(p, 1 - p)))} %`;

export const isGate = (site) => Object.hasOwn(gates, site);

const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** The parts of the drawing of a cell. */
export const PARTS = {
  x: "The word",
  h0: `${capital(SITES.h)} before`,
  c0: "Memory before",
  c: "Memory after",
  h: `${capital(SITES.h)} after`,
  ...Object.fromEntries(["f", "i", "g", "o"].map((site) => [site, capital(SITES[site])])),
};
