"""A form that is handed to an event handler."""

import reflex as rx

from portal_app.components.elements import event_form


def test_a_form_is_read_from_itself_and_not_from_a_table_that_pages_share() -> None:
    field = rx.el.input(id="zoek", name="zoek")
    made = event_form(field, on_submit=rx.console_log("sent"))

    submits = " ".join(made._get_all_hooks())
    assert "getFormData($form, ({  }))" in submits
    assert "getRefValue" not in submits
