"""Redis, where several processes keep what they share."""

from redis import Redis
from redis.exceptions import RedisError

from portal_app.errors import WrongSetting
from portal_app.settings import settings

_PATIENCE_SECONDS = 3


def check() -> None:
    """Find out before the start whether Redis answers, when it is set.

    Raises:
        WrongSetting: it does not.
    """
    if not settings.redis_url:
        return
    try:
        with Redis.from_url(  # pyright: ignore[reportUnknownMemberType]  # untyped
            settings.redis_url,
            socket_timeout=_PATIENCE_SECONDS,
            socket_connect_timeout=_PATIENCE_SECONDS,
        ) as redis:
            redis.execute_command("PING")  # pyright: ignore[reportUnknownMemberType]  # untyped
    except (RedisError, ValueError) as silent:
        message = "Redis does not answer: check PORTAL_REDIS_URL, and that it runs."
        raise WrongSetting(message) from silent
