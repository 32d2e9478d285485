"""Small disks of a test's own, which can be filled; only root can mount one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MEGABYTE = 1024 * 1024


@contextmanager
def a_disk(folder: Path, size: int) -> Iterator[Path]:
    """A disk of so many bytes in the place of an existing folder, while the block lasts."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root can mount a disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(disk: Path, free: int = 0) -> Iterator[None]:
    """Within the block so many bytes are left on the disk."""
    room = os.statvfs(disk)
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        os.posix_fallocate(file.fileno(), 0, room.f_bavail * room.f_frsize - free)
    try:
        yield
    finally:
        filler.unlink()
