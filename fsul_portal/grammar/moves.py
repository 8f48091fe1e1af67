"""Let a thing go only where its `MOVES` lead; this is the one door to another state."""

from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.verdicts import Overtaken


class Moving:
    """A model with `State` and `MOVES`; what runs in many processes claims its moves by a condition of the update."""

    # What the model itself brings.
    MOVES: Any
    State: Any
    state: Any
    get_state_display: Any

    def can_become(self, state: str) -> bool:
        return state in self.MOVES[self.State(self.state)]

    def become(self, state: str) -> None:
        """Take the state, or refuse; whoever meets this was overtaken, since the rule was asked before."""
        if not self.can_become(state):
            words = {"state": self.get_state_display(), "other": self.State(state).label}
            raise Overtaken(_("It is %(state)s and cannot become %(other)s any more.") % words)
        self.state = state
