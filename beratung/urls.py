"""The addresses of advice, coaching and analyses; every room keeps its own."""

app_name = "beratung"
urlpatterns = []
