"""Lead the addresses under /workgroups/ to their pages."""

app_name = "workgroups"

urlpatterns: list = []
