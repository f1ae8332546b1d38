"""A second OpenID provider: Django OAuth Toolkit, which shares no line with the test broker.

    python other_provider_program.py PORT CLIENT_SECRET REDIRECT_URI FOLDER

Whoever comes is logged in at once, and may represent one company.
"""

import secrets
import sys
from pathlib import Path
from typing import Any

import django
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.management import call_command

PORT, SECRET, REDIRECT_URI, FOLDER = sys.argv[1:] if len(sys.argv) > 1 else ("0", "", "", ".")
ISSUER = f"http://127.0.0.1:{PORT}/o"
_KEY = rsa.generate_private_key(65537, 2048)

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": Path(FOLDER, "other.db")}
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "oauth2_provider",
    ],
    LOGIN_URL="/login",
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    OAUTH2_PROVIDER={
        "ALLOWED_REDIRECT_URI_SCHEMES": ["http"],
        "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator",
        "OIDC_ENABLED": True,
        "OIDC_ISS_ENDPOINT": ISSUER,
        "OIDC_RSA_PRIVATE_KEY": _KEY.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        ).decode(),
        "PKCE_REQUIRED": True,
        "SCOPES": {"openid": "Who one is"},
    },
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=secrets.token_hex(),
    USE_TZ=True,
)
django.setup()

from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from oauth2_provider.models import Application
from oauth2_provider.oauth2_validators import OAuth2Validator


class Validator(OAuth2Validator):
    """Claims what an eHerkenning broker claims."""

    oidc_claim_scope = None  # whatever the scope is

    def get_additional_claims(self, request: Any) -> dict[str, str]:  # noqa: ARG002  # as it is called
        """Say who may represent which company."""
        return {
            "acr": "urn:etoegang:core:assurance-class:loa3",
            "namequalifier": "urn:etoegang:1.9:EntityConcernedID:KvKnr",
            "urn:etoegang:core:LegalSubjectID": "90004701",
            "urn:etoegang:core:ActingSubjectID": "PERSON@COMPANY",
        }


def log_in(request: HttpRequest) -> HttpResponse:
    """Log the one user in and go on."""
    user = get_user_model().objects.get()
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(request.GET["next"])


urlpatterns = [
    path("login", log_in),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    get_user_model().objects.create_user("somebody")
    Application.objects.create(
        client_id="vakpoort",
        client_secret=SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=REDIRECT_URI,
        skip_authorization=True,
        algorithm=Application.RS256_ALGORITHM,
    )
    call_command("runserver", f"127.0.0.1:{PORT}", use_reloader=False, use_threading=False)
