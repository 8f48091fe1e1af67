"""Lead to the tasks."""

from django.urls import path

from fsul_portal.assignments import views

urlpatterns = [
    path("", views.task_list, name="task-list"),
    path("<int:pk>/", views.task_detail, name="task-detail"),
    path("<int:pk>/done/", views.task_done, name="task-done"),
    path("<int:pk>/check/", views.task_check, name="task-check"),
    path("<int:pk>/send-back/", views.task_send_back, name="task-send-back"),
    path("<int:pk>/withdraw/", views.task_withdraw, name="task-withdraw"),
]
