"""The rows of the benches' large world, some thousands at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, cycle
from random import Random
from typing import Any

from portal_app import clock
from portal_app.models import EnrolmentStatus, Route, StepState
from portal_app.names import PersonName, folded
from portal_app.progress_rules import pack
from tests import factories

_BATCH = 20
_GIVEN = (
    "Amina",
    "Bas",
    "Chloé",
    "Daan",
    "Elif",
    "Fenna",
    "Gijs",
    "Hajar",
    "Ilse",
    "Joris",
    "Karim",
    "Lotte",
    "Mats",
    "Noor",
    "Omar",
)
_FAMILY = (
    "Aerts",
    "Bakker",
    "Claessens",
    "Dubois",
    "Evers",
    "Faber",
    "Goossens",
    "Haddad",
    "Jacobs",
    "Koster",
    "Lemmens",
    "Martens",
    "Nouri",
    "Peeters",
    "Rombouts",
    "Simons",
    "Timmer",
    "Veldkamp",
    "Wouters",
    "Yilmaz",
)
_INFIXES = ("", "", "", "van den", "de")
_PLACES = ("Gent", "Zwolle", "Hasselt", "Breda")
_LAST_DAYS = 2_000  # registrations lie this far back at most


Rows = dict[str, list[tuple[Any, ...]]]
COLUMNS = {
    "person": "id given_name infix family_name email name_sort created_at grants_version",
    "enrolment": "id person_id route_id profile_id reference registered_on valid_until",
    "organisation_link": "id organisation_id person_id via linked_at ended_at ended_reason",
    "attempt": "enrolment_id step_id number result on place recorded_at superseded",
    "progress_row": "organisation_id link_id enrolment_id person_id route_id status steps"
    " next_position next_state next_on next_place done_on valid_until registered_on"
    " last_activity_on name_sort display_name email reference search",
    "code_batch": "id organisation_id number profile_id reference created_at",
    "payment_code": "organisation_id batch_id profile_id code state created_at used_at used_by_id"
    " inactive_reason search",
}
_AT_ONCE = 5_000


def candidates_of(
    owners: list[int], routes: list[Route], today: date, random: Random
) -> Iterator[Rows]:
    """Yield the rows of some thousands of candidates at a time; one in twenty was unlinked."""
    standings = {route.key: _Standings(route) for route in routes}
    numbers = {route.key: [one.key for one in factories.profiles_of(route)] for route in routes}
    names = {
        parts: PersonName(*parts)
        for parts in ((g, f, i) for g in _GIVEN for f in _FAMILY for i in set(_INFIXES))
    }
    folds = {parts: (one.name_sort, one.listed, one.search_text) for parts, one in names.items()}
    keys = list(names)
    rows: Rows = {}
    for number, owner in enumerate(owners, start=100_000):
        parts = random.choice(keys)
        sort, listed, searched = folds[parts]
        route = random.choice(routes).key
        registered = today - timedelta(days=random.randrange(_LAST_DAYS))
        standing = standings[route].any_of(random)
        active = min(today, registered + timedelta(days=random.randrange(200)))
        is_done = standing.status is EnrolmentStatus.DONE
        valid_until = active + timedelta(days=1826) if is_done else None
        next_on = today + timedelta(days=random.randrange(60)) if standing.is_booked else None
        email, reference = f"k{number}@voorbeeld.example", f"R-{number}"
        ended = clock.real_now() if number % 20 == 0 else None
        made: Rows = {
            "person": [
                (
                    number,
                    parts[0],
                    parts[2],
                    parts[1],
                    email,
                    f"{sort}{number}",
                    _moment(registered),
                    1,
                )
            ],
            "enrolment": [
                (
                    number,
                    number,
                    route,
                    random.choice(numbers[route]),
                    reference,
                    registered,
                    valid_until,
                )
            ],
            "organisation_link": [
                (
                    number,
                    owner,
                    number,
                    "import",
                    _moment(registered),
                    ended,
                    "left" if ended else "",
                )
            ],
            "attempt": [
                (number, step, 1, "passed", active, random.choice(_PLACES), _moment(active), False)
                for step in standing.passed
            ],
        }
        if not ended:
            search = f"{searched} {folded(email)} {folded(reference)}"
            made["progress_row"] = [
                (
                    owner, number, number, number, route, standing.status.value, standing.packed,
                    standing.position, standing.state.value if standing.state else None, next_on,
                    random.choice(_PLACES) if next_on else "", active if is_done else None,
                    valid_until, registered, active, f"{sort}{number}", listed, email, reference,
                    search,
                )
            ]  # fmt: skip
        for table, those in made.items():
            rows.setdefault(table, []).extend(those)
        if len(rows["person"]) >= _AT_ONCE:
            yield rows
            rows = {}
    yield rows


def codes_of(owners: list[int], each: int, routes: list[Route], random: Random) -> Iterator[Rows]:
    """Yield batches of payment codes: `each` times as many codes as there are candidates."""
    profiles = cycle([one.key for route in routes for one in factories.profiles_of(route)])
    now = clock.real_now()
    serial, batches = count(), count(100_000)
    rows: Rows = {"code_batch": [], "payment_code": []}
    for owner in sorted(owners * each)[::_BATCH]:
        batch, profile = next(batches), next(profiles)
        made = now - timedelta(hours=random.randrange(_LAST_DAYS * 24))
        label, reference = f"{batch:06X}", f"Order {batch}"
        rows["code_batch"].append((batch, owner, label, profile, reference, made))
        for _ in range(_BATCH):
            code = _as_code(next(serial), random)
            user = 100_000 + random.randrange(len(owners)) if random.random() < 0.6 else None
            words = folded(f"{code} {code.replace('-', '')} {reference} {label}")
            rows["payment_code"].append(
                (
                    owner, batch, profile, code, "used" if user else "usable", made,
                    now if user else None, user, "", words,
                )
            )  # fmt: skip
        if len(rows["payment_code"]) >= _AT_ONCE:
            yield rows
            rows = {"code_batch": [], "payment_code": []}
    yield rows


@dataclass(frozen=True, slots=True)
class _Standing:
    """How somebody can stand on a route."""

    status: EnrolmentStatus
    packed: int
    position: int | None
    state: StepState | None
    passed: tuple[int, ...]  # numbers of the steps

    @property
    def is_booked(self) -> bool:
        return self.state is StepState.BOOKED


class _Standings:
    """Every way to stand on a route; half of its people are done."""

    _STATUS = {
        StepState.IDLE: EnrolmentStatus.STARTED,
        StepState.BOOKED: EnrolmentStatus.BOOKED,
        StepState.FAILED: EnrolmentStatus.RESIT,
    }

    def __init__(self, route: Route) -> None:
        steps = [step.key for step in factories.steps_of(route)]
        ended = pack([StepState.PASSED] * len(steps))
        self._done = _Standing(EnrolmentStatus.DONE, ended, None, None, tuple(steps))
        self._open = [
            _Standing(status, pack(states), at, state, tuple(steps[:at]))
            for at in range(1, len(steps))
            for state, status in self._STATUS.items()
            for states in [
                [StepState.PASSED] * at + [state] + [StepState.IDLE] * (len(steps) - at - 1)
            ]
        ]

    def any_of(self, random: Random) -> _Standing:
        return self._done if random.random() < 0.5 else random.choice(self._open)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.BRUSSELS)


def _as_code(serial: int, random: Random) -> str:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    digits = f"{serial:08d}"
    return f"{digits[:4]}-{digits[4:]}-" + "-".join(
        "".join(random.choices(letters, k=4)) for _ in range(2)
    )
