"""Lead the addresses under /committee/ to their pages."""

app_name = "committee"

urlpatterns: list = []
