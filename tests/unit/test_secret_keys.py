"""The master key file and all that is derived from it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.adapters import secret_keys
from portal_app.errors import WrongSetting
from portal_app.settings import Mode, settings

FIRST = f"k1 {'11' * 32}\n"
SECOND = f"k2 {'22' * 32}\n"

Use = Callable[..., Path]


@pytest.fixture
def use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Use:
    """Use a key file of its own; given lines, it holds those."""

    def use_file(*lines: str, name: str = "master.key", mode: Mode = Mode.DEMO) -> Path:
        file = tmp_path / name
        if lines:
            file.write_text("".join(lines), encoding="ascii")
            file.chmod(0o600)
        changed = settings.model_copy(update={"secret_file": file, "mode": mode})
        monkeypatch.setattr(secret_keys, "settings", changed)
        return file

    return use_file


def test_demo_mode_makes_a_key_file_that_only_its_owner_reads(use: Use) -> None:
    file = use()
    secret_keys.keyed_digest("session", "value")
    assert file.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in file.parent.iterdir()] == [file.name]


def test_processes_that_start_together_end_up_with_one_key(tmp_path: Path) -> None:
    file = tmp_path / "master.key"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: secret_keys.make_key_file(file), range(8)))
    assert len(file.read_text(encoding="ascii").splitlines()) == 1
    assert list(tmp_path.iterdir()) == [file]


def test_production_refuses_to_make_up_a_key(use: Use) -> None:
    file = use(mode=Mode.PRODUCTION)
    with pytest.raises(WrongSetting, match="does not exist"):
        secret_keys.keyed_digest("session", "value")
    assert not file.exists()


def test_key_file_that_others_read_is_refused(use: Use) -> None:
    use(FIRST).chmod(0o640)
    with pytest.raises(WrongSetting, match="chmod 600"):
        secret_keys.keyed_digest("session", "value")


@pytest.mark.parametrize(
    "content", ["\n", "k1 1234\n", FIRST + FIRST, f"{FIRST}nonsense\n", f"k1 {'zz' * 32}\n"]
)
def test_key_file_with_a_wrong_line_is_refused(use: Use, content: str) -> None:
    use(content)
    with pytest.raises(WrongSetting, match="64 hex digits"):
        secret_keys.keyed_digest("session", "value")


def test_digest_depends_on_key_purpose_and_value(use: Use) -> None:
    use(FIRST)
    digests = {
        secret_keys.keyed_digest("invitation", "a"),
        secret_keys.keyed_digest("invitation", "b"),
        secret_keys.keyed_digest("session", "a"),
    }
    assert secret_keys.keyed_digest("invitation", "a") in digests
    use(SECOND, name="other.key")
    digests.add(secret_keys.keyed_digest("invitation", "a"))
    assert len(digests) == 4
    assert {len(digest) for digest in digests} == {64}


def test_derived_bytes_keep_their_parts_apart(use: Use) -> None:
    use(FIRST)
    derived = [
        secret_keys.derive("code", "ab", "c", length=16),
        secret_keys.derive("code", "a", "bc", length=16),
        secret_keys.derive("code", "a", 1, length=16),
        secret_keys.derive("code", "a", "1", length=16),
    ]
    assert len(set(derived)) == len(derived)
    assert secret_keys.derive("code", "ab", "c", length=10) == derived[0][:10]


def test_new_key_leaves_digests_and_old_seals_readable(use: Use) -> None:
    use(FIRST)
    digest, sealed = secret_keys.keyed_digest("code", "x"), secret_keys.seal("outbox", "hallo")

    use(FIRST, SECOND, name="rotated.key")

    assert secret_keys.keyed_digest("code", "x") == digest
    assert secret_keys.open_sealed("outbox", sealed) == "hallo"
    assert secret_keys.seal("outbox", "hallo").startswith("k2.")


@given(st.text())
def test_seal_opens_to_what_was_sealed(text: str) -> None:
    assert secret_keys.open_sealed("outbox", secret_keys.seal("outbox", text)) == text


def test_same_text_is_never_sealed_the_same_way(use: Use) -> None:
    use(FIRST)
    assert secret_keys.seal("outbox", "hallo") != secret_keys.seal("outbox", "hallo")


def test_seal_does_not_open_for_another_purpose(use: Use) -> None:
    use(FIRST)
    with pytest.raises(secret_keys.SealBrokenError):
        secret_keys.open_sealed("field", secret_keys.seal("outbox", "hallo"))


@pytest.mark.parametrize("broken", ["", "k1", "k1.", "k9.AAAA", "k1.AAAA", "k1.@@@@"])
def test_what_is_no_seal_does_not_open(use: Use, broken: str) -> None:
    use(FIRST)
    with pytest.raises(secret_keys.SealBrokenError):
        secret_keys.open_sealed("outbox", broken)


def test_seal_with_any_changed_character_does_not_open(use: Use) -> None:
    use(FIRST)
    sealed = secret_keys.seal("outbox", "hallo")
    for place in range(len("k1."), len(sealed)):
        other = "A" if sealed[place] != "A" else "B"
        with pytest.raises(secret_keys.SealBrokenError):
            secret_keys.open_sealed("outbox", sealed[:place] + other + sealed[place + 1 :])


def test_comparing_secrets_takes_any_script() -> None:
    assert secret_keys.same("één", "één")
    assert not secret_keys.same("één", "een")
