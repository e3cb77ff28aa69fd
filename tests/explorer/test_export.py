"""What is exported equals what is seen: every file of a screen beside a photograph of the same part of the page."""

import base64
import io

import numpy as np
import pytest

Image = pytest.importorskip("PIL.Image")

BLOCK = 12
WORTH_A_PICTURE = {"translate": ".svg", "cell": ".svg", "memory": "-map.png", "whatif": ".svg", "lesson": "-screen.png"}

# The files of a screen, each with the part of the page that it shows; an SVG is drawn as large as it is.
FILES = """async (id) => {
    const { filesOf } = await import("app/frame/export.js");
    const root = document.getElementById(`screen-${id}`);
    const drawn = async (blob, node) => {
        const box = node.getBoundingClientRect();
        const image = new Image();
        image.src = `data:${blob.type};charset=utf-8,${encodeURIComponent(await blob.text())}`;
        await image.decode();
        const canvas = document.createElement("canvas");
        Object.assign(canvas, { width: 2 * Math.ceil(box.width), height: 2 * Math.ceil(box.height) });
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        return new Promise((done) => canvas.toBlob(done));
    };
    const nodes = { svg: "svg.picture", map: "[data-picture]", screen: `#screen-${id}` };
    const found = {};
    for (const { name, kind, make } of filesOf(id, root, () => ({}))) {
        if (kind === "json") continue;
        const what = nodes[kind === "svg" ? kind : name.match(/-(map|screen)[.]/)?.[1] ?? "svg"];
        let blob = await make();
        if (kind === "svg") blob = await drawn(blob, root.querySelector(what));
        const bytes = new Uint8Array(await blob.arrayBuffer());
        found[name] = [what, btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))];
    }
    return found;
}"""


def blocks(png: bytes, size: tuple[int, int]) -> np.ndarray:
    """The mean grey of each block of so many pixels that a letter's edge does not count, between 0 and 1."""
    image = Image.open(io.BytesIO(png)).convert("RGBA")
    on_paper = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("L")
    return np.asarray(on_paper.resize((size[0] // BLOCK, size[1] // BLOCK), Image.Resampling.BOX)) / 255


def test_what_is_exported_equals_what_is_seen(open_page):
    page = open_page(reduced_motion="reduce", device_scale_factor=2)
    page.add_style_tag(content=".top { display: none !important }")
    for screen, needed in WORTH_A_PICTURE.items():
        page.evaluate(f"location.hash = 'screen={screen}'")
        page.wait_for_selector(f"#screen-{screen}", state="visible")
        page.wait_for_timeout(400)  # what follows a little later has come
        files = page.evaluate(FILES, screen)
        for name in {screen + needed, f"{screen}-screen.png"}:
            where, text = files[name]
            seen = page.locator(f"main > :not([hidden]) {where}, main > {where}").first.screenshot()
            size = Image.open(io.BytesIO(seen)).size
            far = np.abs(blocks(seen, size) - blocks(base64.b64decode(text), size)).max()
            assert far < 0.3, name
