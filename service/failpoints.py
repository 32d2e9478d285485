"""Places at which a process can be made to die, to see what then becomes of its work.

The variable FAILPOINT names one of them: the process kills itself the first time that it comes
there, as the system might, with no chance to tidy up.
"""

from __future__ import annotations

import os
import signal
from typing import Literal, get_args

Failpoint = Literal[
    "after_claim",
    "before_model_build",
    "mid_solve",
    "after_result",
    "before_outbox",
    "after_outbox",
    "before_commit",
    "after_commit",
]

FAILPOINTS: tuple[Failpoint, ...] = get_args(Failpoint)


def failpoint(name: Failpoint) -> None:
    """Dies here if the environment says so."""
    if os.environ.get("FAILPOINT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
