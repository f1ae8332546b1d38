"""The portal: the Reflex app with its pages."""

import reflex as rx

from portal_app.browser.behaviours import STYLESHEETS
from portal_app.components.interruptions import app_wraps
from portal_app.components.layout import document_title, head_components, public_page
from portal_app.components.text import t
from portal_app.pages import building_blocks
from portal_app.settings import Mode, settings


def _start() -> rx.Component:
    return public_page(rx.el.h1("Vakpoort"))


app = rx.App(
    html_lang="nl",
    stylesheets=STYLESHEETS,
    reset_style=False,
    head_components=head_components(),
    app_wraps=app_wraps(),
    toaster=None,
)
app.add_page(_start, route="/", title=document_title(t("shell.home")))
if settings.mode is Mode.DEMO:
    app.add_page(building_blocks.building_blocks, route=building_blocks.PATH, title="Bouwstenen")
