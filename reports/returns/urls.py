"""Lead the addresses of this part to their pages."""

urlpatterns: list = []
