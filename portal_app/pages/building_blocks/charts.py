"""The charts of the component sheet."""

import reflex as rx

from portal_app.components.charts import (
    attention_list,
    chart_card,
    chart_key,
    figures_table,
    meter,
    month_columns,
    stacked_bar,
    stacked_bars,
)
from portal_app.components.step_icons import tag
from portal_app.pages.building_blocks import examples


def chart_cards() -> list[rx.Component]:
    """Show every chart in its card."""
    return [
        chart_card(
            "Voortgang per stap",
            stacked_bars(examples.BARS),
            chart_key(
                ("ok", "Behaald"),
                ("bad", "Herkansing nodig"),
                ("info", "Bezig of ingepland"),
                ("idle", "Nog niet gestart"),
            ),
            note="Vakmanschap CO, 128 kandidaten",
            table=figures_table(
                ("Stap", "Behaald"),
                rx.foreach(
                    examples.BARS,
                    lambda bar: rx.el.tr(rx.el.td(bar.label), rx.el.td(bar.figure)),
                ),
            ),
        ),
        chart_card("Verloopt per maand", month_columns(examples.MONTHS), note="komende 12 maanden"),
        chart_card(
            "Vraagt aandacht",
            attention_list(
                ("failed", 14, "herkansing nodig", "#"),
                ("expired", 9, "verloopt binnen 90 dagen", "#"),
                ("booked", 22, "toets in de komende 14 dagen", "#"),
                ("idle", 6, "al 60 dagen geen voortgang", "#"),
            ),
            urgent=True,
        ),
        chart_card(
            "Stand van de codes",
            stacked_bar(
                examples.STOCK,
                "240 betaalcodes: 156 gebruikt, 71 te gebruiken, 13 inactief",
                tall=True,
            ),
            chart_key(("brand", "gebruikt"), ("ok", "te gebruiken"), ("past", "inactief")),
            rx.el.p(meter(examples.STOCK), " 156 van 240 gebruikt"),
            rx.el.div(
                tag("ok", "Te gebruiken"),
                " ",
                tag("past", "Inactief", icon_name="x"),
                " ",
                tag("warn", "1 actie nodig"),
                " ",
                tag("brand", "Standaard"),
            ),
        ),
    ]
