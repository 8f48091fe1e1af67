"""Lead to the items of agendas, and to where minutes are saved while they are typed."""

from django.urls import path

from committee.agendas.actions import keep_text
from committee.agendas.forms import LONGEST_MINUTES
from committee.agendas.register import ITEMS
from committee.agendas.rules import may_write_item
from fsul_portal.acts.keeping import keep_view
from fsul_portal.registers.views import finder

item_keep = keep_view(find=finder(ITEMS), rule=may_write_item, save=keep_text, longest=LONGEST_MINUTES)

urlpatterns = [*ITEMS.urls("items/"), path("items/<int:pk>/write/keep/", item_keep, name="item-keep")]
