"""Style sheets and the script: small files that are read once and given from memory, without waiting for a page."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.web.caching import unchanged

_KINDS = {"css": "text/css", "js": "text/javascript"}


def statics() -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for the files of `static/` and the style sheet that the pages share with `onrecord read --html`."""
    held = {
        file.name: file.read_bytes() for file in files("onrecord.web").joinpath("static").iterdir() if file.is_file()
    }
    held["page.css"] = files("onrecord.exports").joinpath("page.css").read_bytes()
    marks = {name: f'"{hashlib.sha256(data).hexdigest()[:20]}"' for name, data in held.items()}

    async def static(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in held:
            raise HTTPException(404, f"There is no file {name}.")
        headers = {"etag": marks[name]}
        if unchanged(request.headers, marks[name], None):
            return Response(status_code=304, headers=headers)
        return Response(held[name], media_type=_KINDS[name.rpartition(".")[2]], headers=headers)

    return static
