"""National register numbers: kept as a digest, and only compared."""

from portal_app.adapters.secret_keys import keyed_digest


def digest(national_number: str) -> str:
    """Return the digest under which a number is kept and compared; nothing of no number."""
    return keyed_digest("national number", national_number) if national_number else ""
