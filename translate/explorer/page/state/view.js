/**
 * The one state of the page, and the link that holds it. Whatever the link says, there is a view; what it says
 * wrongly is told.
 */

export const SCREENS = ["translate", "cell", "memory", "pair", "whatif", "gradients", "lesson"];

/**
 * @typedef {{screen: string, sentence: string, twin: string, side: "enc"|"dec", layer: number, at: number,
 *   site: string, unit: number|"best"|"mean"|"gender", pinned: number[], sort: string, brush: [number, number]|null,
 *   edits: Object[], draft: Object[],
 *   part: string, when: string, wrec: number, step: number, walk: number, node: string, embed: boolean,
 *   present: boolean, other: string, picks: string,
 *   gallery: string[]}} View
 */

const same = (value) => String(value);
const oneOf = (...values) => ({ read: (s) => (values.includes(s) ? s : undefined), write: same });
const number = (low, high, whole = true) => ({
  read: (s) => {
    const x = Number(s);
    return s.trim() && x >= low && x <= high && (!whole || Number.isInteger(x)) ? x : undefined;
  },
  write: same,
});
const like = (pattern) => ({ read: (s) => (pattern.test(s) ? s : undefined), write: same });
/** What is so or not: "embed" in a link, or "embed=1". */
const flag = { read: (s) => (["", "1"].includes(s) ? true : undefined), write: () => "1", start: false };
const text = { read: (s) => s, write: same };
const isList = (list, most) =>
  Array.isArray(list) && list.length <= most && list.every((x) => Number.isInteger(x) && x >= 0 && x < 1e5);
const list = (most) => ({
  read: (s) => {
    const found = s ? s.split(",").map(Number) : [];
    return isList(found, most) ? found : undefined;
  },
  write: (value) => value.join(","),
});

/** An edit as a link may carry it: values come by name ("from" another sentence). */
export const isEdit = (e) =>
  e !== null &&
  typeof e === "object" &&
  /^(enc|dec)\.l\d\.[a-z]{1,2}(_pre)?$/.test(e.site) &&
  ["units", "steps"].every((name) => (e[name] ?? null) === null || isList(e[name], 1000)) &&
  (e.op === "mean" ||
    (e.op === "from"
      ? typeof e.sentence === "string"
      : ["set", "scale"].includes(e.op) && Math.abs(e.value) <= 1000 && e.value !== null));
const jsonList = (most, isRight) => ({
  read(s) {
    try {
      const found = JSON.parse(s);
      return Array.isArray(found) && found.length <= most && found.every(isRight) ? found : undefined;
    } catch {
      return undefined;
    }
  },
  write: (value) => JSON.stringify(value),
});

/**
 * What a view has: how each part is read from a link (undefined: it makes no sense) and written, and where it starts.
 *
 * back: the step of the lesson that sent the reader here.
 * read, writes: a link's names for a place, the step that has just read a word or that writes it. Who makes a link need
 * not know how many words the model writes; the view has its number instead.
 */
export const FIELDS = {
  screen: { ...oneOf(...SCREENS), start: "translate" },
  sentence: { ...text, start: "" },
  twin: { ...text, start: "" },
  side: { ...oneOf("enc", "dec"), start: "enc" },
  layer: { ...number(0, 9), start: 0 },
  at: { ...number(0, 1e4), start: 0 },
  read: { ...text, start: "" },
  writes: { ...text, start: "" },
  site: { ...oneOf("c", "h", "f", "i", "o", "g", "r", "z", "n"), start: "c" },
  unit: { read: (s) => oneOf("mean", "gender", "best").read(s) ?? number(0, 1e5).read(s), write: same, start: "mean" },
  pinned: { ...list(8), start: [] },
  sort: { ...oneOf("weight", "switch", "cluster"), start: "weight" },
  brush: {
    read: (s) => {
      const b = list(2).read(s);
      return b?.length === 2 && b[0] <= b[1] ? b : undefined;
    },
    write: (b) => b.join(","),
    start: null,
  },
  edits: { ...jsonList(50, isEdit), start: [] },
  draft: { ...jsonList(1, isEdit), start: [] },
  part: { ...like(/^[a-z0-9]{1,12}$/), start: "both" },
  when: { ...like(/^[\w-]{0,24}$/), start: "" },
  wrec: { ...number(0, 2, false), start: 1 },
  step: { ...number(0, 20), start: 0 },
  back: { ...number(0, 20), start: null },
  other: { ...text, start: "" },
  picks: { ...like(/^[-\d]{0,20}$/), start: "" },
  gallery: { ...jsonList(20, (sentence) => typeof sentence === "string"), start: [] },
  walk: { ...number(0, 4), start: 0 },
  embed: flag,
  present: flag,
  node: { ...oneOf("x", "h0", "c0", "f", "i", "g", "c", "o", "h"), start: "c" },
};

/** The view that a hash describes, the names of what it says, and sentences about what could not be understood. */
export function readHash(hash, start) {
  const view = { ...start };
  const problems = [];
  let parts;
  try {
    parts = [...new URLSearchParams(hash.replace(/^#/, ""))];
  } catch {
    parts = [];
  }
  for (const [name, said] of parts) {
    const value = Object.hasOwn(FIELDS, name) ? FIELDS[name].read(said) : undefined;
    if (value === undefined) problems.push(said ? `${name.slice(0, 20)}=${said.slice(0, 20)}` : name.slice(0, 40));
    else view[name] = value;
  }
  return {
    view,
    names: parts.map(([name]) => name),
    problem: problems.length
      ? `The link says something that this page does not know (${problems.slice(0, 3).join(", ")}); ` +
        "the rest of it is shown."
      : "",
  };
}

export function writeHash(view, start) {
  const said = new URLSearchParams();
  for (const name in FIELDS) {
    const value = view[name];
    const lands = name === "at" && (said.has("sentence") || said.has("side")); // a link without it looks for a place
    if (value !== null && (lands || JSON.stringify(value) !== JSON.stringify(start[name])))
      said.set(name, FIELDS[name].write(value));
  }
  return said.toString();
}

/**
 * @param {Partial<View>} start what a view has where a link says nothing
 * @param {(view: View, patch: Partial<View>) => View} settle makes a view one that can be shown
 */
export function createStore(start, settle = (view) => view) {
  const begin = { ...Object.fromEntries(Object.entries(FIELDS).map(([name, field]) => [name, field.start])), ...start };
  const first = settle(begin, begin);
  const listeners = new Set();
  let view = first;
  function show(next, patch) {
    const before = view;
    view = settle(next, patch);
    const why = new Set(Object.keys(view).filter((name) => view[name] !== before[name]));
    if (why.size) for (const tell of listeners) tell(view, why);
  }
  return {
    /** @returns {View} */
    get: () => view,
    /** @param {Partial<View>} patch */
    set: (patch) => show({ ...view, ...patch }, patch),
    /** @param {(view: View, why: Set<string>) => void} tell called with what has changed */
    subscribe(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    /** Take a hash; returns what was wrong with it. */
    read(hash) {
      const { view: next, names, problem } = readHash(hash, first);
      const lands =
        !names.includes("at") && ["sentence", "side", "read", "writes"].some((name) => names.includes(name));
      show(next, { ...next, side: names.includes("side") ? next.side : undefined, lands });
      return problem;
    },
    /** The view as a link has it, maybe with some of it otherwise. */
    hash: (patch) => writeHash({ ...view, ...patch }, first),
    link: () => `${location.href.split("#")[0]}#${writeHash(view, first)}`,
  };
}
