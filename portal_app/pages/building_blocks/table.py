"""The table of the component sheet: ten candidates and their steps."""

from dataclasses import dataclass

import reflex as rx

from portal_app.components.buttons import copy_button, icon_button
from portal_app.components.elements import visually_hidden
from portal_app.components.pager import pager, result_counter, result_line
from portal_app.components.step_icons import step_button, step_legend
from portal_app.components.tables import (
    Column,
    Sorting,
    actions_cell,
    cell,
    data_table,
    group_row,
    head_cell,
    name_cell,
    row,
    select_all_head,
    select_cell,
)
from portal_app.components.text import unbroken
from portal_app.pages.building_blocks import examples

STEPS = ("Betaling", "E-learning", "Theorietoets", "Praktijktoets", "Vakpaspoort")


@dataclass(frozen=True, slots=True)
class Line:
    """A candidate, as the example shows one."""

    name: str
    email: str
    states: list[str]
    following: str
    valid: str = ""


LINES = (
    Line("Aerts, Karel", "karel.aerts@bakker.example",
         ["passed", "passed", "passed", "booked", "idle"], "Praktijktoets 12-03-2027, Ede"),
    Line("Bakker, Jan", "jan.bakker@bakker.example",
         ["passed", "passed", "passed", "passed", "passed"], "Afgerond", "04-09-2031"),
    Line("van den Berg, Fatima", "f.vdberg@bakker.example",
         ["passed", "exempt", "failed", "idle", "idle"], "Herkansing theorietoets plannen"),
    Line("Claes, Wim", "wim.claes@bakker.example",
         ["passed", "busy", "idle", "idle", "expired"], "E-learning: 62% klaar", "18-12-2026"),
)  # fmt: skip


def example_table() -> rx.Component:
    """Show a table with everything a table can have."""
    lines = rx.Var.create(list(LINES)).to(list[Line])
    no = rx.Var.create(value=False)
    columns = [
        select_all_head(no, rx.noop()),
        Column("Kandidaat", sort="name"),
        *(head_cell(step, kind="step") for step in STEPS),
        Column("Volgende stap"),
        Column("Geldig tot", sort="valid"),
        Column("Acties", hidden=True),
    ]
    return rx.el.div(
        result_line(
            result_counter(
                rx.Var.create(1284).to(int), rx.Var.create(1).to(int), rx.Var.create(25).to(int)
            ),
            step_legend(),
        ),
        data_table(
            "Voortgang kandidaten",
            columns,
            rx.fragment(
                group_row(rx.el.b("Batch #3K2R1S"), "2 van 5 gebruikt", columns=len(columns) + 1),
                rx.foreach(lines, _line),
            ),
            sorting=Sorting(rx.Var.create("name"), no, lambda _name: rx.noop()),
            pager=pager(
                examples.PAGES,
                previous=rx.Var.create(""),
                following=rx.Var.create("#"),
                sizes=examples.SIZES,
            ),
        ),
    )


def _line(line: Line) -> rx.Component:
    return row(
        select_cell(line.name, rx.Var.create(value=False), rx.noop()),
        name_cell(line.name, "#", under=line.email),
        *(
            cell(
                step_button(rx.Var.create(line.states[index]), f"{step}: {line.states[index]}"),
                kind="step",
            )
            for index, step in enumerate(STEPS)
        ),
        cell(rx.el.span(unbroken(line.following)), label="Volgende stap"),
        cell(line.valid, label="Geldig tot", empty=line.valid == ""),
        actions_cell(
            copy_button(line.email, f"Kopieer {line.email}"),
            icon_button("eye", f"Inzien kandidaatgegevens: {line.name}", label="Gegevens"),
            icon_button("unlink", f"Ontkoppel: {line.name}", label="Ontkoppel", danger=True),
            visually_hidden(""),
        ),
        key=line.name,
    )
