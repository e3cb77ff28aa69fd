"""For all rooms: one thread and one browser a process, and no test that fails because the machine is busy."""

import os
import shutil

import pytest
from hypothesis import settings

# Before torch or numpy is imported anywhere: test processes run side by side; their threads would wait for each other.
os.environ["OMP_NUM_THREADS"] = "1"

# How long an example takes says more about the machine than about the code.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
]


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, one for all tests of a process: Playwright runs but once in it."""
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no chromium; install Debian's package of that name")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield started
        started.close()
