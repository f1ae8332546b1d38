"""A burst of sign-ins: hashing is slow on purpose, and must not hold up everybody else."""

import asyncio
import time
from statistics import median

import pytest

from portal_app.adapters import passwords
from portal_app.database import in_password_thread
from portal_app.settings import settings
from tests.factories import PASSWORD

SIGN_INS = 12
COST = 12  # of production, whatever the tests have
EVERY = 0.005  # seconds between two looks at the loop


@pytest.mark.bench
def test_a_burst_of_sign_ins_does_not_block_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "settings", settings.model_copy(update={"bcrypt_cost": COST}))
    stored = passwords.hash_password(PASSWORD)
    started = time.perf_counter()
    assert passwords.verify_password(PASSWORD, stored)
    one = time.perf_counter() - started

    calm = asyncio.run(_lags(0, stored))
    again = asyncio.run(_lags(0, stored))
    burst = asyncio.run(_lags(SIGN_INS, stored))

    for name, lags in {"calm": calm, "calm again": again, "burst": burst}.items():
        worst = max(lags) * 1000
        print(f"{name:10} median {median(lags) * 1000:5.1f} ms   worst {worst:5.1f} ms")  # noqa: T201
    print(f"one hash   {one * 1000:5.0f} ms")  # noqa: T201
    assert median(burst) < one / 4


async def _lags(sign_ins: int, stored: str) -> list[float]:
    """Return how late the loop was, each time, while people sign in (or for a second)."""
    verifying = [
        asyncio.create_task(in_password_thread(passwords.verify_password, PASSWORD, stored))
        for _ in range(sign_ins)
    ]
    ends = time.perf_counter() + 1
    lags: list[float] = []
    while time.perf_counter() < ends or not all(one.done() for one in verifying):
        wished = time.perf_counter() + EVERY
        await asyncio.sleep(EVERY)
        lags.append(time.perf_counter() - wished)
    assert all(one.result() for one in verifying)
    return lags
