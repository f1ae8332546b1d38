"""A fingerprint over all that goes into a build of the pages."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from portal_app.brand import Module, offers
from portal_app.oidc_settings import oidc_settings
from portal_app.settings import settings

_FOLDERS = ("portal_app", "brands", "assets", "reflex.lock")
_FILES = ("rxconfig.py", "requirements.lock", "bunfig.toml")
_NOT_IN_PAGES = ("portal_app/migrations/", "portal_app/mails/", "portal_app/demo/")
_SAID_ON_PAGES = ("brand", "mode", "invitation_days", "verification_minutes")


def fingerprint(root: Path) -> str:
    """Return a digest that changes whenever a build of `root` could come out differently."""
    level = oidc_settings.least_level if offers(Module.EHERKENNING) else ""
    said = [getattr(settings, name) for name in _SAID_ON_PAGES]
    digest = sha256(f"{said} {level}\0".encode())
    for source in _sources(root):
        digest.update(f"{source.relative_to(root)}\0".encode())
        digest.update(source.read_bytes())
    digest.update(_own_brand())
    return digest.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    for folder in _FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and "__pycache__" not in name and not name.startswith(_NOT_IN_PAGES):
                yield path
    yield from (root / name for name in _FILES if (root / name).exists())


def _own_brand() -> bytes:
    """Return the brand file of the operator's own, wherever it lies; one that ships is a source."""
    file = Path(settings.brand)
    return file.read_bytes() if file.suffix and file.is_file() else b""
