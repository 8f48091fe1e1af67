"""Lead to the pages of the bodies that meet."""

from committee.bodies.register import BODIES

urlpatterns = BODIES.urls("bodies/")
