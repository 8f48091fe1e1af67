"""List what can be done with a saved view (6.2.1 j)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import VersionForm
from fsul_portal.acts.verbs import Acts, Verb
from fsul_portal.grammar.words import Words
from reports.explorer import actions, rules
from reports.explorer.models import NAME_LENGTH, SavedView


class RenameForm(VersionForm):
    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)

    def __init__(self, thing: SavedView, data: object = None) -> None:
        super().__init__(thing, data, initial={"name": thing.name})


def _address_stays(view: SavedView) -> Words:
    return _("The address stays: whoever has kept it finds the view.")


def _of_sharing(view: SavedView) -> Words:
    return _("“%(name)s” stands in the explorer of all who sign in; each sees in it what he may see.") % {
        "name": view.name
    }


def _of_keeping(view: SavedView) -> Words:
    return _("“%(name)s” is in nobody else's explorer any more, and its address opens for nobody else.") % {
        "name": view.name
    }


def _of_removing(view: SavedView) -> Words:
    return _("“%(name)s” and its address are gone; the figures stay where they are.") % {"name": view.name}


VIEW_ACTS = Acts(
    "reports:view",
    (
        Verb(
            key="rename",
            title=_("Rename"),
            meaning=_("The view gets another name."),
            done=_("The view has its new name."),
            icon="edit",
            rule=rules.may_rename,
            act=actions.rename,
            form=RenameForm,
            effect=_address_stays,
            way_back=_("It can be renamed again at any time."),
            is_silent=True,
        ),
        Verb(
            key="share",
            title=_("Share"),
            meaning=_("Colleagues find the view in the explorer and in the search."),
            done=_("The view is shared."),
            icon="people",
            rule=rules.may_share,
            act=actions.share,
            effect=_of_sharing,
            way_back=_("It can be kept to oneself again at any time."),
            offered=lambda view: not view.is_shared,
            is_silent=True,
        ),
        Verb(
            key="withhold",
            title=_("Keep to oneself"),
            meaning=_("Nobody else finds the view any more."),
            done=_("The view is yours alone."),
            icon="lock",
            rule=rules.may_keep_to_himself,
            act=actions.keep_to_oneself,
            effect=_of_keeping,
            way_back=_("It can be shared again at any time."),
            offered=lambda view: view.is_shared,
            is_silent=True,
        ),
        Verb(
            key="remove",
            title=_("Remove"),
            meaning=_("The view and its address are given up."),
            done=_("The view is removed."),
            icon="remove",
            tone="danger",
            rule=rules.may_remove,
            act=actions.remove,
            effect=_of_removing,
            way_back=_("It cannot be undone; save what you look at again under a name."),
            is_silent=True,
        ),
    ),
    key="key",
)
