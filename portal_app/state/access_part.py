"""What the parts of the page of a company's access share: how what they do is said."""

from typing import Any

from portal_app.errors import Invalid, NotFound, Text
from portal_app.state.company_pages import CompanyPageState
from portal_app.unit_of_work import UseCase


class AccessPart(CompanyPageState, mixin=True):
    """Mixed into each part of the page."""

    async def _do(self, done: Text, use_case: UseCase[..., Any], **wanted: Any) -> None:
        """Do it, say how it went, and show how things stand now."""
        try:
            await self._run(use_case, **wanted)
        except (Invalid, NotFound) as why:
            self._refuse(why)
        else:
            self.said, self.refused = done, None
        await self._show()

    def _refuse(self, why: Invalid | NotFound) -> None:
        is_gone = isinstance(why, NotFound)
        self.said = None
        self.refused = Text("access.gone") if is_gone else next(iter(why.fields.values()))

    async def _show(self) -> None:
        """Show how things stand: the page does."""
        raise NotImplementedError
