"""What people do in a browser over and over: signing in, and losing the connection."""

import re

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.factories import PASSWORD

_SIGN_IN = "/aanmelden"


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    """Sign in on the sign-in page, which is open already or is opened, and arrive elsewhere."""
    if _SIGN_IN not in page.url:
        page.goto(_SIGN_IN)
    form = page.locator("form[action='/formulieren/aanmelden']")
    form.locator("[name=login]").fill(login)
    form.locator("[name=password]").fill(password)
    form.locator("[type=submit]").click()
    expect(page).not_to_have_url(re.compile(_SIGN_IN))


class Line:
    """The connection of a page, which a test may cut; make it before the page opens."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._is_cut = False
        self._sockets: list[WebSocketRoute] = []
        page.route_web_socket(re.compile("/_event"), self._carry)

    def cut(self) -> None:
        """Lose the connection: open sockets end, and nothing gets through."""
        self._is_cut = True
        self._page.context.set_offline(True)
        while self._sockets:
            self._sockets.pop().close()

    def mend(self) -> None:
        """Have the connection back."""
        self._is_cut = False
        self._page.context.set_offline(False)

    def _carry(self, socket: WebSocketRoute) -> None:
        if self._is_cut:
            socket.close()
        else:
            socket.connect_to_server()
            self._sockets.append(socket)
