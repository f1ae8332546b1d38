"""The field in which a Belgian company's province is chosen, which tells its units apart."""

from typing import Any

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.fields import select_field
from portal_app.components.text import t, told
from portal_app.reading_numbers import Province


def province_field(form: PostedForm, **props: Any) -> rx.Component:
    """Build the field; it says what `form` was refused for."""
    return select_field(
        "province",
        t("staff.province"),
        [(one.value, t(one.text_key)) for one in Province],
        empty=t("components.choose"),
        error=told(form.mistake_of("province")),
        required=True,
        **props,
    )
