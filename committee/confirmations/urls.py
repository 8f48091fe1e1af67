"""Lead to the addenda to minutes."""

from committee.confirmations.register import ADDENDA

urlpatterns = [*ADDENDA.urls("addenda/")]
