"""The methods that a path takes, as OPTIONS tells them."""

from __future__ import annotations

from litestar.datastructures import MutableScopeHeaders
from litestar.routes import HTTPRoute
from litestar.types import Message, Scope


async def tell_allowed_methods(message: Message, scope: Scope) -> None:
    """Names every method in `Allow`.

    The framework names those of the first handler of a path only, where it has several.
    """
    if scope.get("method") == "OPTIONS" and message["type"] == "http.response.start":
        methods = {
            method
            for route in scope["litestar_app"].routes
            if isinstance(route, HTTPRoute) and route.path_format == scope.get("path_template")
            for method in route.methods
        }
        if methods:
            MutableScopeHeaders.from_message(message)["Allow"] = ", ".join(sorted(methods))
