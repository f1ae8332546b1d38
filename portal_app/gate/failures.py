"""What a browser is told when the portal itself failed: a sentence with a reference."""

import json

from portal_app.brand import brand
from portal_app.gate import logs
from portal_app.gate.cookies import language_in
from portal_app.gate.scopes import Request, Scope
from portal_app.languages import best_locale, say

_JSON = b"application/json"
_PLAIN = b"text/plain; charset=utf-8"


def failure(error: Exception, scope: Scope, request: Request) -> tuple[bytes, bytes]:
    """Note an error; return the content type and the body of the answer.

    A form of ours gets it as it gets any mistake, anybody else as a sentence.
    """
    reference = logs.note_error(error, scope["path"])
    if _JSON.decode() in request.accept:
        mistake = {
            "field": "",
            "key": "errors.failed_reference",
            "values": {"reference": reference},
        }
        return _JSON, json.dumps({"mistakes": [mistake]}).encode()
    locale = best_locale(
        dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1"),
        chosen=language_in(request.cookie).partition("=")[2],
        among=brand.languages,
    )
    return _PLAIN, say("errors.failed_reference", locale, reference=reference).encode()
