"""A ledger as a duty would write it: agreements with others."""

from fsul_portal.acts.verbs import Acts
from fsul_portal.approvals.kinds import Seat
from fsul_portal.ledgers.models import LedgerEntry
from fsul_portal.ledgers.verbs import verbs


class Agreement(LedgerEntry):
    SEATS = {"keeper": Seat("secretary of the coordination office", "committee.keep_meetings")}

    def get_absolute_url(self):
        return f"/small/agreements/{self.pk}/"


ACTS = Acts("small:agreement", verbs())
