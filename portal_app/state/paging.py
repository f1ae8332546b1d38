"""The pages of a list, as its counter and its pager show them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from portal_app.reading import PAGE_SIZES
from portal_app.state.shapes import PageLink, SizeLink, page_links


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows are shown, and the addresses of the others."""

    total: int = 0
    first: int = 0
    last: int = 0
    pages: list[PageLink] = field(default_factory=list[PageLink])
    previous: str = ""
    following: str = ""
    sizes: list[SizeLink] = field(default_factory=list[SizeLink])


def paging(total: int, page: int, size: int, href: Callable[..., str]) -> Paging:
    """Lay out the pages; `href(pagina=…, per=…)` is the address of the list with that changed."""
    pages = max(1, -(-total // size))
    at_page = page_links(page, pages, lambda number: href(pagina=str(number)))
    return Paging(
        total,
        min((page - 1) * size + 1, total),
        min(page * size, total),
        at_page if pages > 1 else [],
        href(pagina=str(page - 1)) if page > 1 else "",
        href(pagina=str(page + 1)) if page < pages else "",
        [SizeLink(one, href(per=str(one), pagina=""), one == size) for one in PAGE_SIZES],
    )


def list_address(
    path: str, asked: Mapping[str, str], names: tuple[str, ...], **changes: str
) -> str:
    """Return the address of a list with some of its query changed; only `names` stay in it."""
    kept = {name: asked.get(name, "") for name in names} | changes
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{path}?{query}" if query else path
