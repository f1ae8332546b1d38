"""The component sheet: its forms, words, charts and lists.

Its words are examples, not sentences of the portal, so they stand here in Dutch.
"""

import reflex as rx

from portal_app.components.buttons import (
    button,
    button_row,
    copy_button,
    icon_button,
    link_button,
)
from portal_app.components.choices import (
    checkbox_field,
    date_field,
    date_parts_field,
    password_rules,
    radio_group,
)
from portal_app.components.dialogs import dialog, opens
from portal_app.components.empty import empty
from portal_app.components.fields import (
    password_field,
    required_note,
    select_field,
    text_area,
    text_field,
)
from portal_app.components.filters import (
    clear_filters_link,
    filter_chips,
    filter_form,
    keyword_field,
)
from portal_app.components.header import Shell
from portal_app.components.layout import app_page, page_head
from portal_app.components.messages import context_box, details, error_summary, message
from portal_app.components.skeleton import skeleton
from portal_app.components.step_icons import step_legend, tag
from portal_app.components.tabs import tab_panel, tabs
from portal_app.components.tiles import task, task_list, tile, tiles
from portal_app.components.timeline import facts, timeline
from portal_app.components.toast import undo_toast
from portal_app.pages.building_blocks import examples
from portal_app.pages.building_blocks.charts import chart_cards
from portal_app.pages.building_blocks.table import example_table

PATH = "/dev/bouwstenen"

ROLES = (
    "canvas",
    "surface",
    "surface-2",
    "surface-3",
    "line",
    "line-strong",
    "control",
    "ink",
    "ink-2",
    "ink-3",
    "link",
    "primary",
    "primary-hover",
    "primary-tint",
    "primary-line",
    "header",
    "accent",
    "accent-bright",
    "orange",
    "ok",
    "bad",
    "warn",
    "info",
    "exempt",
    "idle",
    "past",
    "ok-tint",
    "bad-tint",
    "warn-tint",
    "info-tint",
)


def building_blocks() -> rx.Component:
    """Show every building block."""
    return app_page(
        error_summary(examples.MISTAKES),
        page_head(
            "Bouwstenen",
            link_button("Downloaden filterselectie (Excel)", "#", icon_name="download", small=True),
            sub="Alles waaruit een pagina bestaat",
        ),
        rx.el.div(
            _card("Kleuren, elk met een rol", _swatches(), full=True),
            *_forms(),
            *_words(),
            *chart_cards(),
            class_name="sheet",
        ),
        _list(),
        _home(),
        undo_toast(rx.Var.create("Kandidaat Maes, Hilde is ontkoppeld."), rx.noop(), rx.noop()),
        shell=_shell(),
        path=PATH,
    )


def _shell() -> Shell:
    return Shell(
        person_name=rx.Var.create("Sanne Veldhuis"),
        initials=rx.Var.create("SV"),
        organisation_name=rx.Var.create("Bakker Installatietechniek"),
        organisation_code=rx.Var.create("VAK"),
        organisation_apart="",
        organisations=examples.ORGANISATIONS,
        places=examples.PLACES,
    )


def _card(title: str, *content: rx.Component, full: bool = False) -> rx.Component:
    return rx.el.section(rx.el.h2(title), *content, class_name="card is-full" if full else "card")


def _swatches() -> rx.Component:
    return rx.el.ul(
        *(
            rx.el.li(
                rx.el.svg(
                    rx.el.svg.rect(
                        width="100%", height="100%", custom_attrs={"fill": f"var(--p-{role})"}
                    ),
                    custom_attrs={"aria-hidden": "true"},
                ),
                role,
            )
            for role in ROLES
        ),
        class_name="swatches",
    )


def _forms() -> list[rx.Component]:
    return [
        _card(
            "Knoppen: gewoon, tweede, link, gevaar, oranje",
            button_row(
                button("Opslaan"),
                button("Annuleren", kind="secondary"),
                button("Toch niet wijzigen", kind="link"),
            ),
            button_row(
                button("Ontkoppel kandidaat", kind="danger", custom_attrs=opens("voorbeeld")),
                button("Naar mijn dashboard", kind="orange"),
                copy_button("EXZA-8F5E-XG5W-U22J", "Kopieer betaalcode EXZA-8F5E-XG5W-U22J"),
                icon_button("eye", "Inzien kandidaatgegevens: Maes, Hilde"),
            ),
        ),
        _card("Status van een stap: vorm, kleur en naam", step_legend(column=True)),
        _card(
            "Veld met hulp en fout",
            required_note(),
            text_field(
                "number",
                "Ondernemingsnummer",
                hint="10 cijfers, bijvoorbeeld 0123.456.789",
                input_mode="numeric",
            ),
            text_field(
                "organisation_code",
                "Organisatiecode",
                error="Een organisatiecode heeft 3 letters. U vulde er 2 in.",
                default_value="VA",
                width="short",
            ),
            text_field(
                "code",
                "Verificatiecode",
                hint="6 cijfers uit de e-mail. Plakken mag.",
                width="code",
                auto_complete="one-time-code",
                input_mode="numeric",
                verbatim=True,
            ),
            text_field(
                "email",
                "E-mailadres",
                read_only=True,
                default_value="jan.bakker@bakker.example",
                beside_label=button("E-mailadres wijzigen", kind="link"),
            ),
            text_area("reason", "Reden", hint="Waarom ontkoppelt u deze kandidaat?"),
        ),
        _card(
            "Wachtwoord, keuzes en datums",
            password_field("new_password", "Nieuw wachtwoord", new=True, described_by="rules"),
            password_rules("rules", examples.PASSWORD_RULES),
            date_parts_field(
                "birth_date",
                "Geboortedatum",
                years=range(2010, 1929, -1),
                birthday=True,
                error="Kies ook een maand bij uw geboortedatum.",
                chosen=("12", "", "1984"),
            ),
            date_field("created_from", "Aangemaakt vanaf"),
            radio_group("salutation", "Aanhef", examples.SALUTATIONS, starred=True),
            select_field("province", "Provincie", examples.PROVINCES, empty="Kies een provincie"),
            checkbox_field("truthful", "Ik heb alles naar waarheid ingevuld"),
        ),
    ]


def _words() -> list[rx.Component]:
    return [
        _card(
            "Meldingen op de plek zelf",
            message("info", "Verificatie is vereist. Klik op de knop Verzenden.", icon_name="mail"),
            message("ok", "Het e-mailadres is geverifieerd. U kunt nu doorgaan."),
            message("warn", "Uw tijdelijke wachtwoord verloopt op 20-12-2026."),
            message(
                "bad",
                "We konden de e-mail niet versturen. Probeer het over een minuut opnieuw.",
            ),
            context_box("U bent uitgenodigd als ", rx.el.b("vertrouwde contactpersoon"), "."),
            details("Geen e-mail ontvangen?", rx.el.p("Wacht een minuut.")),
        ),
        _card("Tijdlijn van een subsidieaanvraag", timeline(examples.MOMENTS)),
        _card(
            "Venster: alleen voor wat niet terug kan of anderen raakt",
            dialog(
                "voorbeeld",
                "Fatima van den Berg ontkoppelen?",
                rx.el.p("U ziet de voortgang van deze kandidaat dan niet meer."),
                confirm=button("Ja, ontkoppel", kind="danger"),
            ),
            rx.el.p("De knop ‘Ontkoppel kandidaat’ hierboven opent het."),
            facts(("Organisatiecode", "VAK"), ("Gekoppeld op", "12-03-2026")),
        ),
        _card("Bezig met laden", skeleton()),
    ]


def _list() -> rx.Component:
    return rx.el.section(
        tabs("Routes", examples.TABS, panel="list", counted="kandidaten"),
        tab_panel(
            "list",
            filter_form(
                keyword_field("q", "Naam, e-mailadres of referentie"),
                select_field("status", "Status", examples.STATUSES, empty="Alle statussen"),
                select_field("step", "Stap", examples.STEPS, empty="Alle stappen"),
                select_field("place", "Organisatie", examples.PROVINCES, empty="Alle vestigingen"),
                on_submit=rx.prevent_default,
            ),
            filter_chips(examples.CHIPS, "#"),
            example_table(),
        ),
        empty(
            "Geen kandidaten gevonden",
            "Er zijn geen kandidaten met ‘van der Bergh’ en status ‘Herkansing nodig’.",
            clear_filters_link("#"),
        ),
        class_name="section",
        custom_attrs={"aria-label": "Lijst"},
    )


def _home() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Uw diensten"),
        task_list(
            "Wat vraagt uw aandacht",
            task("failed", "14 kandidaten hebben een herkansing nodig", "Warmtepompen", "#"),
            task("expired", "9 vakpaspoorten verlopen binnen 90 dagen", "Claes, Wim", "#"),
        ),
        tiles(
            tile("chart", "Voortgang", "Voortgang van 412 kandidaten in 4 routes", "#"),
            tile(
                "ticket",
                "Codes",
                "Codes bekijken en downloaden.",
                "#",
                tag=tag("ok", "71 te gebruiken"),
            ),
            tile("building", "Bedrijfsgegevens", "Adres, contact en vestigingen bijwerken", "#"),
            tile("users", "Personen en toegang", "Wie mag wat doen voor uw bedrijf", "#"),
        ),
        class_name="section",
    )
