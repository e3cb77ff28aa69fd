/** Small things with arrays of numbers. */

/** 0, 1, … below `count`. */
export const range = (count) => Array.from({ length: count }, (_, k) => k);

/** From one whole number to another, both of them in it. */
export const between = (from, to) => range(Math.max(0, to - from + 1)).map((k) => from + k);

export const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
