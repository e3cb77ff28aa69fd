/**
 * What stays above every screen: the screens' names, the sentence, the time cursor, the clamps, the link and the
 * files.
 */
import { el, fill } from "app/drawing/draw.js";
import { mountBack } from "app/frame/back.js";
import { mountCursor } from "app/frame/cursor.js";
import { filesOf, save, valuesOf } from "app/frame/export.js";
import { mountSentence } from "app/frame/sentence.js";

const $ = (id) => document.getElementById(id);

/** The menu of files: each press of it makes the list of the screen that is shown. */
function mountExport(app, shown) {
  const { store } = app;
  const menu = $("export");
  const summary = menu.querySelector("summary");
  const data = (view) => ({
    about: app.payload.about,
    measured: app.payload.measured,
    view,
    link: store.link(),
    read: app.runs().tokens,
    written: app.runs().newWords,
    values: valuesOf(app.runs().now),
  });
  const button = ({ name, kind, make }) => {
    const onclick = async () => {
      save(name, await make());
      menu.open = false;
    };
    return el("button", { onclick }, el("b", null, kind.toUpperCase()), ` ${name}`);
  };
  summary.addEventListener("click", () => {
    const { screen, root, exports } = shown();
    const view = store.get();
    fill($("files"), filesOf(screen.id, root, () => data(view), exports?.()).map(button));
  });
}

/** How much of the top goes away when the page is scrolled: all above the box, on a narrow screen above the words. */
function followHeight() {
  const top = document.querySelector(".top");
  const narrow = matchMedia("(max-width: 60rem)");
  const measure = () => {
    const above = (narrow.matches ? top.querySelector(".lines") : $("ask")).offsetTop;
    document.documentElement.style.setProperty("--above", `${above}px`);
    document.documentElement.style.setProperty("--stuck", `${top.offsetHeight - above}px`);
  };
  new ResizeObserver(measure).observe(top);
}

/** A menu closes on Escape, and on whatever is pressed or focused beside it. */
function followMenus() {
  const close = (event) => {
    for (const menu of document.querySelectorAll(".top details[open]"))
      if (!menu.contains(event.target)) menu.open = false;
  };
  for (const event of ["pointerdown", "focusin"]) addEventListener(event, close);
  addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(".top details[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

/** Where the page is presented, it is led by keys: a digit goes to a screen, Escape ends it. */
function followKeys({ store }, screens) {
  addEventListener("keydown", ({ key, target }) => {
    if (!store.get().present || target.matches?.("input:not([type=range]), select")) return;
    if (key === "Escape") store.set({ present: false });
    else if (screens[key - 1]) store.set({ screen: screens[key - 1].id });
  });
}

/** @param shown the screen that is shown: its `screen`, its `root`, and maybe its own `exports` */
export function mountHeader(app, screens, shown) {
  const { store } = app;
  const parts = [mountSentence(app), mountCursor(app), mountBack(app)];
  $("skip").addEventListener("click", (event) => {
    event.preventDefault();
    shown().root.focus();
  });
  $("clear").addEventListener("click", () => store.set({ edits: [] }));
  $("copy").addEventListener("click", async (event) => {
    const button = event.currentTarget;
    await copy(store.link());
    button.textContent = "Copied";
    setTimeout(() => {
      button.textContent = "Copy link";
    }, 1500);
  });
  $("save").addEventListener("click", () => save("see-an-lstm-remember.html", app.copyOf(store.hash())));
  mountExport(app, shown);
  followMenus();
  followHeight();
  followKeys(app, screens);
  const tab = ({ id, title }) => {
    return el("button", { "data-screen": id, onclick: () => store.set({ screen: id }) }, title);
  };
  fill($("screens"), screens.map(tab));

  return {
    update(view, runs, why) {
      for (const part of parts) part.update(view, runs, why);
      for (const node of $("screens").children)
        node.setAttribute("aria-current", node.dataset.screen === view.screen ? "page" : "false");
      if (view.embed) $("whole").href = `#${store.hash({ embed: false })}`;
      $("clamps").hidden = !view.edits.length;
      $("count").textContent = `clamps: ${view.edits.length}`;
    },
    /** A screen that has just been shown begins below what stays of the top. */
    bringUp(root) {
      const { scrollPaddingTop } = getComputedStyle(document.documentElement);
      if (root.getBoundingClientRect().top < parseFloat(scrollPaddingTop)) root.scrollIntoView();
    },
  };
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // file:// has no clipboard everywhere
    const area = el("textarea", { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
