"""Hold what every other test stands on."""

from members.libraries.models import Library, Spell


def test_the_cast_belongs_to_the_system_today(cast):
    assert Library.objects.as_of().count() == 10
    assert Spell.objects.as_of().in_office_order().values_list("library__code", flat=True)[0] == "FS001"


def test_nanhai_holds_the_own_district_and_no_other(cast, person, library):
    nanhai = person("nanhai")
    assert nanhai.has_perm("members.file_changes", library("NH002").district)
    assert not nanhai.has_perm("members.file_changes", library("CC002").district)
    assert set(Library.objects.in_hands_of(nanhai, "members.file_changes").values_list("code", flat=True)) == {
        "NH001",
        "NH002",
        "NH003",
        "NH004",
    }
