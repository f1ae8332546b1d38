"""Health: 200 when everything the portal needs answers, else 503."""

from http import HTTPStatus

from redis.asyncio import Redis
from redis.exceptions import RedisError
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from portal_app import database
from portal_app.errors import PortalError
from portal_app.settings import settings


async def _health(_request: Request) -> JSONResponse:
    try:
        await database.in_thread(database.check)
        await _ask_redis()
    except (PortalError, RedisError, OSError):
        return JSONResponse({"status": "unavailable"}, HTTPStatus.SERVICE_UNAVAILABLE)
    return JSONResponse({"status": "ok"})


async def _ask_redis() -> None:
    if settings.redis_url:
        async with Redis.from_url(settings.redis_url, socket_timeout=2) as redis:
            await redis.execute_command("PING")


ROUTES: list[BaseRoute] = [Route("/health", _health, methods=["GET"])]
