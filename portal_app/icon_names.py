"""The names of the icons, which lie in `assets/icons.svg`."""

from typing import Literal

IconName = Literal[
    "alert", "building", "calendar", "cap", "chart", "check", "clock", "copy", "dot", "down",
    "download", "euro", "external", "eye", "file", "filter", "help", "history", "info", "layers",
    "left", "link", "lock", "mail", "menu", "phone", "plus", "refresh", "right", "search", "send",
    "settings", "sign-out", "ticket", "undo", "unlink", "up", "updown", "user", "users", "x",
]  # fmt: skip
