"""Let the system administrator keep accounts and roles."""

from django.contrib import admin, messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action

from fsul_portal.access.models import Grant
from fsul_portal.access.roles import ROLES
from fsul_portal.access.rules import may_manage_people
from fsul_portal.verdicts import require
from members.libraries.models import Library
from members.people import actions
from members.people.forms import AccountForm, GrantForm
from members.people.models import User
from members.people.rules import may_change_account, may_deactivate, may_grant

FACTS = ("username", "name", "reading", "email", "phone", "position", "library")


@admin.register(User)
class UserAdmin(ModelAdmin):
    """Accounts; rights are given under roles alone, and nobody becomes anything by a tick here."""

    form = AccountForm
    list_display = ["username", "name", "library", "position", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["username", "name"]
    autocomplete_fields = ["library"]

    def get_queryset(self, request):
        libraries = Prefetch("library", Library.objects.with_facts())
        return super().get_queryset(request).prefetch_related(libraries)

    def get_fields(self, request, obj=None):
        fields = list(FACTS)
        if not self.has_change_permission(request, obj):
            return [*fields, "is_active"]
        return [*fields, "first_password"] if obj is None else [*fields, "first_password", "is_active"]

    def get_readonly_fields(self, request, obj=None):
        return ["is_active"] if obj and not may_deactivate(request.user, obj) else []

    def has_add_permission(self, request):
        return bool(may_manage_people(request.user))

    def has_change_permission(self, request, obj=None):
        return bool(may_change_account(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        """Send what was typed through the actions."""
        facts = {field: form.cleaned_data[field] for field in FACTS}
        password = form.cleaned_data.get("first_password")
        if not change:
            obj.pk = actions.open_account(facts, password=password, by=request.user).pk
            return
        actions.change_account(obj, facts, by=request.user)
        if password:
            actions.set_password(obj, password, by=request.user)
        if "is_active" in form.changed_data:
            switch = actions.activate if form.cleaned_data["is_active"] else actions.deactivate
            switch(obj, by=request.user)


@admin.register(Grant)
class GrantAdmin(ModelAdmin):
    """Roles held: given and ended here, never changed."""

    form = GrantForm
    list_display = ["person", "role_title", "place", "granted_at", "granted_by", "ended_at", "ended_by"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter), "role"]
    list_select_related = ["person", "granted_by", "ended_by", "content_type"]
    search_fields = ["person__username", "person__name"]
    autocomplete_fields = ["person"]
    actions_detail = ["end"]
    ordering = ["person__username", "role", "pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_places()

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["person", "role", "division", "library"]
        return ["person", "role_title", "place", "granted_at", "granted_by", "ended_at", "ended_by"]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else []

    @admin.display(description=_("role"), ordering="role")
    def role_title(self, held):
        return ROLES[held.role].title

    @admin.display(description=_("Held on"))
    def place(self, held):
        return held.place

    def has_add_permission(self, request):
        return bool(may_manage_people(request.user))

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_end_permission(self, request, object_id=None):
        return bool(may_manage_people(request.user))

    def save_model(self, request, obj, form, change):
        given = form.cleaned_data
        held = actions.give_role(given["role"], to=given["person"], on=given["place"], by=request.user)
        obj.__dict__.update(held.__dict__)

    @action(description=_("End this role"), permissions=["end"])
    def end(self, request, object_id):
        """Ask once more, then end the role by POST."""
        held = self.get_object(request, object_id)
        if held is None or held.ended_at:
            raise Http404
        require(may_grant(request.user, held.person, held.role))
        if request.method == "POST":
            actions.end_role(held, by=request.user)
            messages.success(
                request, _("%(role)s is ended; the rights are gone with the next request.") % {"role": held}
            )
            return redirect("admin:fsul_portal_grant_changelist")
        context = {**self.admin_site.each_context(request), "title": _("End this role"), "held": held}
        return render(request, "access/grant_end.html", context)
