"""Hand the opinions on a paper out as a workbook, for every duty that is one."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from fsul_portal.grammar.downloads import to_keep
from fsul_portal.papers.wording import opinions_as_xlsx
from fsul_portal.registers.register import Register
from fsul_portal.users import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def opinions_of(register: Register) -> Callable[..., HttpResponse]:
    """Return the view that hands out the opinions on the papers of a register."""

    @require_safe
    def opinions(request: Request, pk: int) -> HttpResponse:
        """Hand the opinions on a paper out as a workbook."""
        paper = get_object_or_404(register.rows(request.user), pk=pk)
        return to_keep(HttpResponse(opinions_as_xlsx(paper), content_type=XLSX), paper.title, "xlsx")

    return opinions
