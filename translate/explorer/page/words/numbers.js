/** Numbers as one reads them. */

/** 1204.5 as 1,204.5; the browser's own way of it takes 30 ms when it is first asked. */
export const thousands = (text) => String(text).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");

export const minus = (text) => text.replace("-", "−");

/** 0.031, 3.20, 1,204: a number as one reads it. */
export function number(x, digits = 2) {
  if (!Number.isFinite(x)) return String(x);
  if (x !== 0 && Math.abs(x) < 10 ** -digits / 2) return minus(x.toExponential(1));
  return minus(thousands(x.toFixed(digits)));
}

export const signed = (x) => (x >= 0 ? "+" : "") + number(x);

/** Two decimals, whatever its size. */
export const two = (x) => minus(x.toFixed(2));

/** A number with three significant digits, as short as a label must be. */
export function short(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "–";
  if (!size || (size >= 0.001 && size < 1e5)) return minus(String(+value.toPrecision(3)));
  const [digits, exponent] = value.toExponential(1).replace(".0e", "e").split("e");
  const raised = [...String(+exponent)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit] ?? "⁻").join("");
  return `${digits === "1" ? "" : `${digits}·`}10${raised}`;
}

/** A probability in percent, never rounded to 0 or 100 where it is neither. */
export function percent(p) {
  const x = 100 * p;
  if (x === 0) return "0 %";
  if (x >= 99.995) return "100 %";
  if (x < 0.0001) return "< 0.0001 %";
  return `${x.toFixed(x >= 99 ? 2 : x >= 0.1 ? 1 : 4)} %`;
}

/** "1 word", "3 words" */
export const count = (many, one, more = `${one}s`) => `${many} ${many === 1 ? one : more}`;
