"""Payment codes: which are left, which are used and by whom (V-25 ... V-32)."""

from portal_app.pages.payment_codes.overview import payment_codes

__all__ = ["payment_codes"]
