"""Lead to the items of agendas."""

from committee.agendas.register import ITEMS

urlpatterns = [*ITEMS.urls("items/")]
