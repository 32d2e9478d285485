"""The four packages have everyday names, so the tests watch that nothing else takes them."""

from __future__ import annotations

import importlib
import os
import subprocess
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("models", "solver", "scenarios", "service")


@pytest.mark.parametrize("package", PACKAGES)
def test_no_installed_distribution_shadows_a_package(package: str) -> None:
    owners = set(packages_distributions().get(package, ["pairwell"]))
    assert owners == {"pairwell"}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_imported_from_this_checkout(package: str) -> None:
    assert Path(importlib.import_module(package).__file__ or "").is_relative_to(ROOT)


def test_pairwell_can_never_be_uploaded_by_mistake() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert "Private :: Do Not Upload" in project["classifiers"]


@pytest.mark.slow
def test_the_wheel_carries_code_and_data_and_nothing_else(tmp_path: Path) -> None:
    """What a user installs: the four packages, their data, samples, pages and migrations."""
    uv = os.environ.get("UV", "uv")
    build = [uv, "build", "--wheel", "--out-dir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("pairwell-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == set(PACKAGES)
    packed = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed <= set(names)
