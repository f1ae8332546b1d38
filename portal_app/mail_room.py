"""Mail of the single process: the worker beside the pages, and in demo mode the catcher.

`portal worker` is the same worker in a process of its own; then `PORTAL_MAIL_WORKER=false`
keeps the pages' processes out of it.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager

from portal_app.adapters.mail_catcher import catching
from portal_app.settings import settings
from portal_app.worker import run_worker


@asynccontextmanager
async def open_mail_room() -> AsyncGenerator[None]:
    """Catch and send mails for as long as the portal serves; the mail under way is finished."""
    async with AsyncExitStack() as room:
        if settings.is_demo and not settings.smtp_url:
            await room.enter_async_context(catching())
        stop = asyncio.Event()
        sending = asyncio.create_task(run_worker(stop)) if settings.mail_worker else None
        try:
            yield
        finally:
            stop.set()
            if sending:
                await sending
