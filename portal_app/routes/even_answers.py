"""Answers that take equally long, whatever was found."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from time import monotonic


@asynccontextmanager
async def taking(seconds: float) -> AsyncGenerator[None]:
    """Let the answer take this long, so that it does not tell whether somebody was found."""
    until = monotonic() + seconds
    try:
        yield
    finally:
        await asyncio.sleep(until - monotonic())
