"""Classes that are found by their files, one a file, and are named as these."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Any, ClassVar, TypeVar

from models.domain.base import Frozen

Kind = TypeVar("Kind", bound="Named")


class Named(Frozen):
    """What a policy may choose by name: its fields are its settings, its docstring its meaning."""

    name: ClassVar[str] = ""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """The name is that of the file."""
        super().__pydantic_init_subclass__(**kwargs)
        cls.name = cls.__module__.rpartition(".")[2]

    @classmethod
    def meaning(cls) -> str:
        """What it means, in a planner's words: the docstring on one line."""
        return " ".join((cls.__doc__ or "").split())


def found_in(package: ModuleType, kind: type[Kind]) -> dict[str, type[Kind]]:
    """The class of a kind that each file of a package holds, by name, in the order of names."""
    found: dict[str, type[Kind]] = {}
    for module_info in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{package.__name__}.{module_info.name}")
        (member,) = (
            member
            for member in vars(module).values()
            if isinstance(member, type)
            and issubclass(member, kind)
            and member.__module__ == module.__name__
        )
        found[member.name] = member
    return found
