"""The page after signing out: it clears what we left in the browser, but the language.

`Clear-Site-Data` would take the language along, which is a cookie, and in some browsers
seconds. One line of script does it, allowed by its hash; without script nothing was stored.
"""

from starlette.responses import HTMLResponse

from portal_app.gate.answers import SIGNED_OUT, sign_in_address
from portal_app.gate.content_policy import hash_of
from portal_app.gate.cookies import IssuedCookie, Kind, issue

_SCRIPT = "sessionStorage.clear();localStorage.clear();location.replace(document.links[0].href)"


def say_farewell(reason: str = SIGNED_OUT, following: IssuedCookie | None = None) -> HTMLResponse:
    """Return the answer to signing out: storage cleared, a stranger's cookie, the sign-in page.

    End the session first, and call `watch.show_out` for its other tabs. `following` is that
    cookie, where something waits on under it.
    """
    go = sign_in_address(reason=reason)
    answer = HTMLResponse(
        '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Aanmelden</title>'
        f'<noscript><meta http-equiv="refresh" content="0;url={go}"></noscript>'
        f'<a href="{go}">Aanmelden</a><script>{_SCRIPT}</script></html>',
        headers={
            "content-security-policy": (
                f"default-src 'none'; script-src {hash_of(_SCRIPT)}; base-uri 'none'; "
                "form-action 'none'; frame-ancestors 'none'"
            )
        },
    )
    answer.headers.append("set-cookie", (following or issue(Kind.VISITOR)).header)
    return answer
