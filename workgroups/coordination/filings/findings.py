"""Say what speaks against a filing, or what somebody has to look at twice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One sentence about one field ("" is the whole filing); what does not block is a question."""

    field: str
    sentence: str
    blocks: bool = True
    link: str = ""


class FilingRefused(ValueError):
    """Carry the findings for which nothing was done."""

    def __init__(self, findings):
        super().__init__(" ".join(str(finding.sentence) for finding in findings))
        self.findings = findings
