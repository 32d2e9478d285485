"""The API's documentation as one page without scripts, drawn from the OpenAPI document."""

from __future__ import annotations

from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Controller, MediaType, Response, get

from service.api.guards import open_to_everybody
from service.api.problems import AnyRequest
from service.api.reference import reference_of

PAGES = Environment(
    loader=PackageLoader("service.api", "pages"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


class DocsController(Controller):
    """Everything that the page needs comes from this service: it works with no network."""

    path = "/docs"
    guards = (open_to_everybody,)
    include_in_schema = False

    @get(operation_id="readDocs", media_type=MediaType.HTML)
    async def page(self, request: AnyRequest) -> Response[str]:
        """The page, drawn on the server."""
        schema: dict[str, Any] = request.app.openapi_schema.to_schema()
        page = PAGES.get_template("docs.html.j2").render(reference=reference_of(schema))
        return Response(page, media_type=MediaType.HTML)

    @get("/docs.css", operation_id="readDocsStyle", media_type="text/css")
    async def style(self) -> bytes:
        """The page's style sheet."""
        return resources.files("service.api").joinpath("pages", "docs.css").read_bytes()
