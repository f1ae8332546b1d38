"""The portal: the Reflex app with its pages."""

import reflex as rx


def _start() -> rx.Component:
    return rx.el.main(rx.el.h1("Vakpoort"))


app = rx.App(html_lang="nl")
app.add_page(_start, route="/", title="Vakpoort")
