"""The token of a tab: the key to its state, useless without the cookie it was made under.

A browser makes up its own token (from `Math.random`, kept in its session storage and sent
in an address). Reflex hands the whole state to whoever presents it once the owner is away.
So Reflex never sees a browser's token: it sees one signed for the session that presents
it. A token that Reflex itself gives out, to a duplicated tab, is signed from the start,
and is the only kind that is taken as it is.
"""

import secrets
from hmac import compare_digest

from portal_app.adapters.secret_keys import keyed_digest

_LENGTH = 32  # hexadecimal digits: 128 bits


def bind(session_key: str, presented: str) -> str:
    """Return the token under which this session's tab is known inside."""
    if belongs(presented, session_key):
        return presented
    return _signed(session_key, keyed_digest("gate.tab", f"{session_key}|{presented}")[:_LENGTH])


def new(session_key: str) -> str:
    """Return a token for one more tab of this session."""
    return _signed(session_key, secrets.token_hex(_LENGTH // 2))


def belongs(token: str, session_key: str) -> bool:
    """Tell whether a token was signed for this session."""
    name, _, mark = token.partition("-")
    return bool(mark) and compare_digest(mark.encode(), _mark(session_key, name).encode())


def _signed(session_key: str, name: str) -> str:
    return f"{name}-{_mark(session_key, name)}"


def _mark(session_key: str, name: str) -> str:
    return keyed_digest("gate.state", f"{session_key}|{name}")[:_LENGTH]
