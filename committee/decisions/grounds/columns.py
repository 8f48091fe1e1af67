"""Say on a page on which decision the thing rests (6.1 a, 6.1 b, 6.1 c, 6.1 d)."""

from django.utils.translation import gettext_lazy

from committee.decisions.grounds.actions import ground_of
from fsul_portal.registers.columns import Column

GROUND = Column("ground", gettext_lazy("Decision"), ground_of, cell="committee/decisions/grounds/_ground.html")
