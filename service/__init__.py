"""The doors of Pairwell, what they do, and what they store."""

import os

# Pairwell's processes share the machine, so none of them may take all of it for one product of
# matrices; NumPy reads this once, when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
