"""Nobody gets into a far-reaching role, or to single rights, by any way round."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection

from asskomm.konten import verfahren
from asskomm.konten.models import Konto, Rollenvergabe
from asskomm.konten.rollen import ZU_ZWEIT
from asskomm.schritt import SchrittNichtMoeglich
from tests.factories import make_konto, make_rollenvergabe
from tests.protokoll.hilfen import sql

from .hilfen import gruppe, verboten

pytestmark = pytest.mark.django_db
Zeile = Konto.groups.through


@pytest.fixture(autouse=True)
def zwei_administratoren(db):
    """From two on nobody gets the role without two people."""
    return [make_konto(["Administration"]) for _ in range(2)]


def _per_sql(konto, rolle):
    sql("INSERT INTO konten_konto_groups (konto_id, group_id) VALUES (%s, %s)", konto.pk, rolle.pk)


def _zeile_aendern(konto, rolle):
    konto.groups.add(gruppe("Redaktion"))
    Zeile.objects.filter(konto=konto, group=gruppe("Redaktion")).update(group=rolle)


def _fremde_zeile_aendern(konto, rolle):
    inhaber = make_konto([rolle.name])
    Zeile.objects.filter(konto=inhaber, group=rolle).update(konto=konto)


@pytest.mark.parametrize("rolle", ZU_ZWEIT)
@pytest.mark.parametrize(
    "weg",
    [
        lambda konto, rolle: konto.groups.add(rolle),
        lambda konto, rolle: konto.groups.set([rolle]),
        lambda konto, rolle: rolle.user_set.add(konto),
        lambda konto, rolle: Zeile.objects.bulk_create([Zeile(konto=konto, group=rolle)]),
        lambda konto, rolle: Zeile.objects.bulk_create(
            [Zeile(konto=konto, group=rolle)], ignore_conflicts=True
        ),
        lambda konto, rolle: Zeile.objects.create(konto=konto, group=rolle),
        _per_sql,
        _zeile_aendern,
        _fremde_zeile_aendern,
    ],
)
def test_a_far_reaching_role_needs_an_approved_proposal(rolle, weg):
    konto, rolle = make_konto(is_staff=True), gruppe(rolle)
    verboten("rolle_zu_zweit", lambda: weg(konto, rolle))
    make_rollenvergabe(konto=konto, gruppe=rolle)
    if weg is not _fremde_zeile_aendern:
        weg(konto, rolle)
        assert rolle in konto.groups.all()


@pytest.mark.parametrize("ergebnis", ["offen", "abgelehnt"])
def test_a_proposal_that_is_not_approved_gives_nothing(ergebnis):
    konto = make_konto(is_staff=True)
    make_rollenvergabe(konto=konto, gruppe=gruppe("Leitung"), ergebnis=ergebnis)
    verboten("rolle_zu_zweit", lambda: konto.groups.add(gruppe("Leitung")))


def test_the_approval_for_one_is_none_for_another_nor_for_another_role():
    konto = make_konto(is_staff=True)
    make_rollenvergabe(konto=make_konto(), gruppe=gruppe("Leitung"))
    make_rollenvergabe(konto=konto, gruppe=gruppe("Administration"))
    verboten("rolle_zu_zweit", lambda: konto.groups.add(gruppe("Leitung")))


@pytest.mark.parametrize(
    "verlasse",
    [
        lambda konto: konto.groups.clear(),
        lambda konto: Zeile.objects.filter(konto=konto).update(group=gruppe("Redaktion")),
        lambda konto: verfahren.setze_rollen(konto, [], durch=make_konto()),
    ],
)
def test_who_has_left_the_role_comes_back_only_with_two_people(verlasse):
    konto = make_konto(["Leitung"])
    verlasse(konto)
    assert Rollenvergabe.objects.get(konto=konto).entzogen_um
    verboten("rolle_zu_zweit", lambda: konto.groups.add(gruppe("Leitung")))
    nochmal = Rollenvergabe.objects.filter(konto=konto)
    verboten("vieraugen_bleibt", lambda: nochmal.update(entzogen_um=None))


def test_one_person_does_not_give_it_in_the_procedure():
    konto = make_konto(is_staff=True)
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.setze_rollen(konto, [gruppe("Leitung")], durch=make_konto())
    assert not konto.groups.exists()


# --- Ways round ---------------------------------------------------------------------


def test_a_demo_account_with_a_role_never_becomes_a_real_one():
    konto = make_konto()
    Konto.objects.filter(pk=konto.pk).update(ist_beispiel=True)
    konto.groups.add(gruppe("Leitung"))
    verboten(
        "beispiel_bleibt_beispiel",
        lambda: Konto.objects.filter(pk=konto.pk).update(ist_beispiel=False),
    )


@pytest.mark.parametrize("rolle", ["Redaktion", "Leitung"])
def test_roles_are_not_renamed(rolle):
    """Else a role could be given under another name."""
    alle = Group.objects.filter(name=rolle)
    verboten("rolle_heisst_fest", lambda: alle.update(name="Verwaltung"))
    verboten("rolle_heisst_fest", lambda: sql("UPDATE auth_group SET name = name || '2'"))


@pytest.mark.parametrize(
    "weg",
    [
        lambda konto, recht: konto.user_permissions.add(recht),
        lambda konto, recht: konto.user_permissions.set([recht]),
        lambda konto, recht: recht.user_set.add(konto),
        lambda konto, recht: sql(
            "INSERT INTO konten_konto_user_permissions (konto_id, permission_id) VALUES (%s, %s)",
            konto.pk,
            recht.pk,
        ),
    ],
)
def test_nobody_has_single_rights(weg):
    recht = Permission.objects.get(codename="entscheiden_rollenvergabe")
    verboten("rechte_nur_aus_rollen", lambda: weg(make_konto(), recht))


def test_nobody_is_a_superuser():
    konto = make_konto()
    verboten(
        "konto_kein_superuser",
        lambda: Konto.objects.filter(pk=konto.pk).update(is_superuser=True),
    )


def test_rights_that_somebody_gave_to_a_role_are_gone_after_migrate():
    recht = Permission.objects.get(codename="entscheiden_rollenvergabe")
    gruppe("Redaktion").permissions.add(recht)
    gruppe("Administration").permissions.clear()
    call_command("migrate", verbosity=0)
    assert recht not in gruppe("Redaktion").permissions.all()
    assert recht in gruppe("Administration").permissions.all()
    assert connection.in_atomic_block
