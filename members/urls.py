"""Lead the addresses under /members/ to their pages."""

app_name = "members"

urlpatterns: list = []
