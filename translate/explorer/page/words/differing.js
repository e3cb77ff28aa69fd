/** Which words of a translation another one does not have. */

/**
 * The places in `after` that differ from `before`: one by one, or where their lengths differ what lies between a
 * common beginning and end.
 */
export function differing(before, after) {
  const places = [...after.keys()];
  if (before.length === after.length) return new Set(places.filter((t) => after[t] !== before[t]));
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  let tail = 0;
  while (head < shortest && before[head] === after[head]) head++;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return new Set(places.slice(head, after.length - tail));
}
