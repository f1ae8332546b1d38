"""How large shapes are written for the browser: in one go.

Reflex would ask for every part of them apart, which is a tenth of what a filter costs.
"""

from typing import Any

import reflex as rx

from portal_app.errors import Text
from portal_app.state.shapes import Bar, Month


@rx.serializer
def bar_as_sent(bar: Bar) -> dict[str, Any]:
    """Write a bar with its parts."""
    segments = [
        {
            "kind": one.kind,
            "share": one.share,
            "href": one.href,
            "sentence": text_as_sent(one.sentence),
        }
        for one in bar.segments
    ]
    return {
        "label": text_as_sent(bar.label),
        "figure": bar.figure,
        "sentence": text_as_sent(bar.sentence),
        "segments": segments,
    }


@rx.serializer
def month_as_sent(month: Month) -> dict[str, Any]:
    """Write a column of the month chart."""
    return {
        "label": text_as_sent(month.label),
        "count": month.count,
        "share": month.share,
        "sentence": text_as_sent(month.sentence),
        "soon": month.soon,
        "href": month.href,
    }


def text_as_sent(text: Text | str | None) -> object:
    """Write a text with the texts in it, as the browser reads it."""
    if not isinstance(text, Text):
        return text
    values = {
        name: text_as_sent(value) if isinstance(value, Text) else value
        for name, value in text.values.items()
    }
    return {"key": text.key, "values": values}
