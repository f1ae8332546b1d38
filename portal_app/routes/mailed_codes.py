"""Codes that were mailed and are tried: whoever guesses waits longer and longer."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request

from portal_app.adapters import limits
from portal_app.database import in_thread
from portal_app.errors import Refused
from portal_app.reading import Reading
from portal_app.reading_codes import read_verification_code
from portal_app.routes.answers import Form
from portal_app.routes.callers import address_of, browser_of

_KIND = "verification_code"


def read_code(form: Form) -> str:
    """Read the code as it was typed or pasted.

    Raises:
        Invalid: it is none.
    """
    reading = Reading(form)
    code = reading.read("code", read_verification_code, "")
    reading.raise_if_wrong()
    return code


async def counted(
    request: Request, trying: Callable[[], Awaitable[Refused | None]]
) -> Refused | None:
    """Try a code, unless this browser and address have to wait; a refusal counts.

    Raises:
        TooMany: they have to wait.
    """
    key = (browser_of(request).session_key, address_of(request))
    await in_thread(limits.attempt, _KIND, *key)
    refused = await trying()
    if refused is not None:
        await in_thread(limits.failed, _KIND, *key)
    return refused
