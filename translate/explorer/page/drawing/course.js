/**
 * Columns of words, shared by the map and the charts: labels, lines over the words, and a choice among a few things.
 */
import { el, gridLines, mark, path, picture, svg, ticks } from "app/drawing/draw.js";

export const LEFT = 52; // where the first column begins, on every picture of these screens
const RIGHT = 14;
const SIDE = 62; // for the names of the lines

/** The middle of each column, and the width of one. */
export function columns(width, count) {
  const size = (width - LEFT - RIGHT) / Math.max(count, 1);
  return {
    size,
    x: (k) => LEFT + (k + 0.5) * size,
    at: (x) => Math.max(0, Math.min(count - 1, Math.floor((x - LEFT) / size))),
  };
}

const flat = (words, size) => words.every((word) => word.length * 7.5 < size);
/** How high the words of the columns stand: level, or slanted where they would not fit. */
export const labelHeight = (words, { size }) =>
  flat(words, size) ? 22 : 20 + 5.6 * Math.max(...words.map((word) => word.length));

/** The words of the columns; they hang from the line y, or stand on it (`up`). `at`: the one that is bold. */
export function labels(words, { x, size }, y, { up = false, at = -1, lang = null } = {}) {
  const level = flat(words, size);
  const down = up ? -5 : level ? 15 : 11;
  return svg(
    "g",
    { lang },
    words.map((word, k) =>
      svg(
        "text",
        {
          transform: `translate(${x(k)} ${y + down})${level ? "" : " rotate(-50)"}`,
          "text-anchor": level ? "middle" : up ? "start" : "end",
          class: k === at ? "here" : null,
        },
        word,
      ),
    ),
  );
}

/** The scale of values between two heights, and its marks. @param what as `course` takes it */
function heights({ lines, log = false, low, high }, bottom, top) {
  const of = log ? (v) => Math.log10(Math.max(v, 1e-30)) : (v) => v;
  const all = lines.flatMap((line) => [...line.values].filter(Number.isFinite).map(of));
  const bounds = [Math.min(...all, 0), Math.max(...all, 0)];
  const [lowest, highest] = log ? [Math.floor(bounds[0]), Math.ceil(bounds[1])] : bounds;
  const [a, b] = [low ?? lowest, high ?? highest];
  const share = (value) => (Math.max(a, Math.min(b, of(value))) - a) / (b - a || 1);
  const whole = () => ticks(a, b, Math.min(6, b - a)).filter(Number.isInteger);
  return {
    y: (value) => bottom - share(value) * (bottom - top),
    marks: log ? whole().map((k) => 10 ** k) : ticks(a, b, 4),
  };
}

/** The names of the lines at their right ends, below each other where they would meet. */
function lineNames(lines, y, right) {
  const ends = lines
    .map((line) => ({ ...line, end: y([...line.values].filter(Number.isFinite).at(-1)) }))
    .sort((p, q) => p.end - q.end);
  ends.forEach((line, k) => {
    if (k) line.end = Math.max(line.end, ends[k - 1].end + 14);
  });
  return ends.map(({ name, kind, end }) => [
    svg("g", { class: `line ${kind}` }, svg("path", { d: `M${right + 4} ${end}h14` })),
    svg("text", { x: right + 22, y: end, "dominant-baseline": "middle" }, name),
  ]);
}

/**
 * Lines over the words of a run; where they need more than `width`, they can be scrolled.
 * @param {{width: number, height?: number, words: string[], lang?: string, title: string, log?: boolean,
 *   low?: number, high?: number, text?: (value: number) => string, at?: number, pick?: (column: number) => void,
 *   extra?: (y: Function, columns: Object) => SVGElement[],
 *   lines: {values: ArrayLike<number>, kind: string, name: string, marks?: (column: number) => string|null}[]}} what
 */
export function course(what) {
  const { width, height = 260, words, lang, title, lines, text = String, at = -1, pick, extra } = what;
  const full = Math.max(width, LEFT + SIDE + RIGHT + 22 * words.length);
  const right = full - SIDE - RIGHT;
  const cols = columns(full - SIDE, words.length);
  const bottom = height - labelHeight(words, cols);
  const { y, marks } = heights(what, bottom, 14);
  const size = Math.min(4.5, cols.size / 3);
  const drawLine = ({ values, kind, marks: of }) => {
    const points = [...values].map((v, k) => (Number.isFinite(v) ? [cols.x(k), y(v)] : null));
    const marked = (v, k) => (of(k) === undefined ? null : mark(of(k), cols.x(k), y(v), size));
    return svg("g", { class: `line ${kind}` }, svg("path", { d: path(points) }), of ? [...values].map(marked) : null);
  };
  const drawn = picture(
    full,
    height,
    title,
    gridLines(marks, y, LEFT, right, text),
    at >= 0
      ? svg("rect", { class: "column", x: cols.x(at) - cols.size / 2, y: 8, width: cols.size, height: bottom - 8 })
      : null,
    extra?.(y, cols),
    lines.map(drawLine),
    lineNames(lines, y, right),
    labels(words, cols, bottom, { at, lang }),
  );
  drawn.style.width = full > width ? `${full}px` : "100%"; // a rounded width could be a pixel more than there is
  if (pick)
    drawn.addEventListener("click", (event) => pick(cols.at(event.clientX - drawn.getBoundingClientRect().left)));
  return el(
    "div",
    { class: "wide", ...(full > width ? { tabindex: 0, role: "group", "aria-label": title } : {}) },
    drawn,
  );
}

let names = 0;
/** A few things of which one is chosen; `set(value)` shows another choice, `set(value, options)` other things. */
export function choice(legend, options, pick) {
  const name = `choice${names++}`;
  const box = el("fieldset", { class: "choice" });
  let shown = "";
  return {
    node: box,
    set(value, given = options) {
      const key = given.map(([v]) => v).join();
      if (key !== shown)
        box.replaceChildren(
          el("legend", null, legend),
          ...given.map(([v, text]) =>
            el(
              "label",
              null,
              el("input", { type: "radio", name, value: v, onchange: () => pick(v) }),
              el("span", null, text),
            ),
          ),
        );
      shown = key;
      for (const input of box.querySelectorAll("input")) input.checked = input.value === String(value);
    },
  };
}
