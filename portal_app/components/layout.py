"""The frame of every page: skip link, header, main, footer, and what belongs once to a page."""

from collections.abc import Callable

import reflex as rx

from portal_app.brand import brand
from portal_app.browser.behaviours import behaviours
from portal_app.components.dialogs import keys_dialog
from portal_app.components.elements import Words, anchor, icon, maybe
from portal_app.components.footer import footer
from portal_app.components.header import Shell, app_header, public_header
from portal_app.components.interruptions import no_script
from portal_app.components.ornament import arch
from portal_app.components.refused import refusal_message
from portal_app.components.session_end import session_end_dialog
from portal_app.components.text import page_title, t, unbroken
from portal_app.components.tooltips import floating_tip

CONTENT = "inhoud"


def public_page(*content: rx.Component, ornament: bool = True) -> rx.Component:
    """Frame a page for people who are not inside; `content` holds the h1."""
    return _frame(public_header(), _ground(*content, ornament=ornament))


def open_page(*content: rx.Component, shell: Shell, path: str) -> rx.Component:
    """Frame a page for everybody: strangers see the public bar, people inside their own.

    It is built for strangers; the page loads `ShellState.load_if_inside`.
    """
    return _frame(
        rx.cond(shell.person_name, app_header(shell, path=path), public_header()),
        _ground(*content),
        session_end_dialog(),
    )


def account_page(
    *content: rx.Component,
    aside: tuple[rx.Component, ...] = (),
    narrow: bool = True,
    frame: Callable[..., rx.Component] = public_page,
) -> rx.Component:
    """Frame a page of coming in: `content` in a column, explaining sections beside it.

    Content is the h1, then a `form_card`. The aside ends with `footer.help_section()`.
    """
    columns = "account is-narrow" if narrow else "account"
    explanation = rx.el.aside(
        *aside, class_name="aside", custom_attrs={"aria-label": t("components.explanation")}
    )
    return frame(
        rx.el.div(rx.el.div(*content), *maybe(explanation if aside else None), class_name=columns)
    )


def app_page(
    *content: rx.Component,
    shell: Shell,
    path: str,
    band: rx.Component | None = None,
    places: bool = True,
) -> rx.Component:
    """Frame a page inside the portal; `content` starts with `page_head`.

    `band` is the dark greeting of the first page, which holds the h1 there; that page sets
    `places=False`.
    """
    said = refusal_message()
    main = _main(said, *content) if band is None else _main_with_band(band, said, *content)
    return _frame(
        app_header(shell, path=path, places=places),
        main,
        keys_dialog(),
        session_end_dialog(),
    )


def page_head(
    title: Words, *actions: rx.Component, sub: Words | rx.Component | None = None
) -> rx.Component:
    """Build the h1 of a page, a line under it, and actions at the right."""
    return rx.el.div(
        rx.el.div(
            rx.el.h1(unbroken(title)),
            *maybe(rx.el.p(sub, class_name="page-sub") if sub is not None else None),
        ),
        *maybe(rx.el.div(*actions, class_name="button-row") if actions else None),
        class_name="page-head",
    )


def section(title: Words, *content: rx.Component) -> rx.Component:
    """Build a part of a page under an h2."""
    return rx.el.section(rx.el.h2(unbroken(title)), *content, class_name="section")


def column(*content: rx.Component) -> rx.Component:
    """Keep forms and reading text inside the portal to a width that eyes can follow."""
    return rx.el.div(*content, class_name="column")


def form_card(*content: rx.Component) -> rx.Component:
    """Put a form on its card."""
    return rx.el.div(*content, class_name="card")


def aside_section(title: Words, *content: rx.Component) -> rx.Component:
    """Build one explanation beside a form."""
    return rx.el.section(rx.el.h2(title), *content)


def back_link(words: Words, href: Words) -> rx.Component:
    """Build the link above the h1 that leaves a form."""
    return rx.el.a(icon("left"), words, href=href, class_name="back-link")


def or_line(words: Words) -> rx.Component:
    """Draw a line with a word in it, between two ways."""
    return rx.el.div(words, class_name="or")


def form_parts(*parts: rx.Component) -> rx.Component:
    """Build a form in numbered parts: each a `form_part`."""
    return rx.el.ol(*parts, class_name="form-parts")


def form_part(
    number: int,
    title: Words,
    *content: rx.Component,
    now: rx.Var[bool] | bool = False,
    done: rx.Var[bool] | bool = False,
    beside: Words | None = None,
) -> rx.Component:
    """Build a numbered part: `now` marks the one to work on, `done` shows a tick."""
    look = rx.cond(done, "form-part is-done", rx.cond(now, "form-part is-now", "form-part"))
    return rx.el.li(
        rx.el.span(
            rx.cond(done, icon("check"), rx.el.span(str(number))),
            class_name="form-part-number",
            custom_attrs={"aria-hidden": "true"},
        ),
        rx.el.div(
            rx.el.div(
                rx.el.h2(title),
                *maybe(
                    rx.el.span(beside, class_name="small muted") if beside is not None else None
                ),
                class_name="form-part-head",
            ),
            *content,
            class_name="form-part-body",
        ),
        class_name=look,
        custom_attrs={"aria-current": rx.cond(now, "step", rx.Var("undefined"))},
    )


def document_title(page: rx.Var[str], *, mistaken: rx.Var[bool] | None = None) -> rx.Var[str]:
    """Title a page 'Pagina – Portaal', or 'Fout: Pagina – Portaal', for `add_page(title=…)`."""
    return page_title(page, portal=brand.portal_name, mistaken=mistaken)


def head_components() -> list[rx.Component]:
    """Return what every page has in its <head>, for `rx.App(head_components=…)`."""
    return [
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.meta(name="color-scheme", content="light dark"),
    ]


def _frame(header: rx.Component, *content: rx.Component) -> rx.Component:
    return rx.el.div(
        anchor(t("shell.skip"), to=CONTENT, class_name="skip-link"),
        no_script(),
        header,
        *content,
        footer(),
        rx.el.div(id="announcer", role="status", class_name="visually-hidden"),
        behaviours(),
        class_name="portal",
    )


def _ground(*content: rx.Component, ornament: bool = True) -> rx.Component:
    return rx.el.div(*maybe(arch() if ornament else None), _main(*content), class_name="ground")


def _main(*content: rx.Component) -> rx.Component:
    return rx.el.main(*content, floating_tip(), id=CONTENT, tab_index=-1, class_name="page")


def _main_with_band(band: rx.Component, *content: rx.Component) -> rx.Component:
    return rx.el.main(
        band,
        rx.el.div(*content, class_name="page"),
        floating_tip(),
        id=CONTENT,
        tab_index=-1,
        class_name="ground",
    )
