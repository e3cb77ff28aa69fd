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
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    summary.focus();
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
  mountExport(app, shown);
  const tab = ({ id, title }) => {
    const onclick = () => {
      store.set({ screen: id });
      $(`screen-${id}`).scrollIntoView({ block: "nearest" });
    };
    return el("button", { "data-screen": id, onclick }, title);
  };
  fill($("screens"), screens.map(tab));

  return {
    update(view, runs, why) {
      for (const part of parts) part.update(view, runs, why);
      for (const node of $("screens").children)
        node.setAttribute("aria-current", node.dataset.screen === view.screen ? "page" : "false");
      $("clamps").hidden = !view.edits.length;
      $("count").textContent = `clamps: ${view.edits.length}`;
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
