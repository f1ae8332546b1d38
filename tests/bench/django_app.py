"""The overview as somebody would write it in Django: ORM, session, permission, template.

It reads the portal's own SQLite file. `python -m tests.bench.django_app PERSON` makes
Django's tables beside those of the portal, and prints the cookie of a session of that
person; a WSGI server serves `application`.
"""

import os
import sys
from importlib import import_module

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["localhost"],
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["DJANGO_APP_DATABASE"],
            "CONN_MAX_AGE": None,  # a connection is kept, as the portal does
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only of a bench",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    USE_TZ=True,
)
django.setup()

from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.paginator import Paginator
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path


class Organisation(models.Model):
    """A company."""

    name = models.CharField(max_length=160)

    class Meta:
        """The portal's table."""

        app_label, db_table, managed = "overview", "organisation", False


class Grant(models.Model):
    """What a person may do."""

    person_id = models.IntegerField()
    organisation = models.ForeignKey(Organisation, models.DO_NOTHING)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """The portal's table."""

        app_label, db_table, managed = "overview", "access_grant", False


class Route(models.Model):
    """A way to proven competence."""

    name = models.CharField(max_length=120)

    class Meta:
        """The portal's table."""

        app_label, db_table, managed = "overview", "route", False


class Step(models.Model):
    """One step of a route."""

    route = models.ForeignKey(Route, models.DO_NOTHING, related_name="steps")
    position = models.IntegerField()
    kind = models.CharField(max_length=32)

    class Meta:
        """The portal's table."""

        app_label, db_table, managed = "overview", "step", False
        ordering = ["position"]


class Enrolment(models.Model):
    """A candidate on a route."""

    class Meta:
        """The portal's table."""

        app_label, db_table, managed = "overview", "enrolment", False


class Attempt(models.Model):
    """One go at a step."""

    enrolment = models.ForeignKey(Enrolment, models.DO_NOTHING, related_name="attempts")
    step = models.ForeignKey(Step, models.DO_NOTHING)
    result = models.CharField(max_length=32)
    on = models.DateField(null=True)
    place = models.CharField(max_length=80)

    class Meta:
        """The portal's table."""

        app_label, db_table, managed = "overview", "attempt", False


class ProgressRow(models.Model):
    """A row of the overview."""

    organisation = models.ForeignKey(Organisation, models.DO_NOTHING)
    enrolment = models.ForeignKey(Enrolment, models.DO_NOTHING)
    route = models.ForeignKey(Route, models.DO_NOTHING)
    status = models.CharField(max_length=32)
    display_name = models.CharField(max_length=260)
    email = models.CharField(max_length=254)
    name_sort = models.CharField(max_length=260)
    next_position = models.IntegerField(null=True)
    next_on = models.DateField(null=True)
    next_place = models.CharField(max_length=80)
    valid_until = models.DateField(null=True)

    class Meta:
        """The portal's table."""

        app_label, db_table, managed = "overview", "progress_row", False


_TEMPLATE = engines["django"].from_string(
    """<!doctype html><title>Overzicht</title><p>{{ page.paginator.count }} resultaten</p><table>
{% for row in page %}<tr><td><a href="/kandidaat/{{ row.enrolment_id }}">{{ row.display_name }}</a>
<td>{{ row.email }}<td>{{ row.route.name }}<td>{{ row.organisation.name }}
{% for step in row.route.steps.all %}<td>{{ step.kind }}{% endfor %}
<td>{% for attempt in row.enrolment.attempts.all %}{{ attempt.result }}
{{ attempt.on|date:"d-m-Y" }} {{ attempt.place }}{% endfor %}
<td>{{ row.next_on|date:"d-m-Y" }} {{ row.next_place }}<td>{{ row.valid_until|date:"d-m-Y" }}
{% endfor %}</table>"""
)
_FILTERS = ("status", "route_id")


@login_required
@permission_required("overview.see_candidates", raise_exception=True)
def overview(request: HttpRequest) -> HttpResponse:
    """Show a page of the candidates of the person's organisations."""
    held = Grant.objects.filter(person_id=int(request.user.username), ended_at=None)
    asked = {name: request.GET[name] for name in _FILTERS if name in request.GET}
    rows = (
        ProgressRow.objects.filter(
            organisation__in=list(held.values_list("organisation_id", flat=True)), **asked
        )
        .select_related("organisation", "route", "enrolment")
        .prefetch_related("route__steps", "enrolment__attempts")
        .order_by("name_sort", "id")
    )
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return HttpResponse(_TEMPLATE.render({"page": page}, request))


urlpatterns = [path("overzicht", overview)]
application = get_wsgi_application()


def _sign_in(person_id: str) -> str:
    with connection.schema_editor() as editor:  # `migrate` would look at every row ten times
        for model in (ContentType, Permission, Group, User, Session):
            editor.create_model(model)
    user = User.objects.create_user(person_id)
    kind = ContentType.objects.create(app_label="overview", model="progressrow")
    user.user_permissions.add(
        Permission.objects.create(content_type=kind, codename="see_candidates", name="See")
    )
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["_auth_user_id"] = user.pk
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    print(_sign_in(sys.argv[1]))  # noqa: T201
