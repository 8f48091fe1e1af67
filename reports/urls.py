"""Lead the addresses under /reports/ to their pages."""

app_name = "reports"

urlpatterns: list = []
