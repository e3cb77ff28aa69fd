"""For all rooms: one thread a process, in the tests and in the commands that they start."""

import os

# Before torch or numpy is imported anywhere; test processes run side by side, and their threads would wait for each other.
os.environ["OMP_NUM_THREADS"] = "1"
