"""How far the files are that are being made now: told to the browser that asked for one.

It is a courtesy, kept by the process that makes the file: a question that reaches another
process is answered with nothing, and the page then says only that the file is being made.
"""

from collections.abc import Iterable, Iterator

from portal_app.adapters.spreadsheets import Row

_MOST = 200  # files at once; more than ever are, and then the rest goes untold
_EVERY = 100  # rows

_now: dict[tuple[str, str], tuple[int, int]] = {}


def counted(rows: Iterable[Row], session_key: str, ticket: str, total: int) -> Iterator[Row]:
    """Hand on rows and keep count of them under the ticket that the browser chose."""
    key = (session_key, ticket)
    is_told = bool(ticket) and len(_now) < _MOST
    try:
        for number, row in enumerate(rows, 1):
            if is_told and number % _EVERY == 0:
                _now[key] = (number, total)
            yield row
    finally:
        _now.pop(key, None)


def told(session_key: str, ticket: str) -> tuple[int, int] | None:
    """Tell how many of how many rows are in the file; None when there is no such file now."""
    return _now.get((session_key, ticket))
