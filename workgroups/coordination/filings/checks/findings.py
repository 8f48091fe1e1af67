"""Say what speaks against a filing, or what somebody has to look at twice."""

from dataclasses import dataclass

from fsul_portal.verdicts import Unready


@dataclass(frozen=True)
class Finding:
    """One sentence about one field ("" is the whole filing); what does not block is a question."""

    field: str
    sentence: str
    blocks: bool = True
    link: str = ""


class FilingRefused(Unready):
    """Carry the findings for which nothing was done."""
