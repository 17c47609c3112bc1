"""Names on the map: inside the sheet, and none on top of another."""

from asskomm.portal.kommunen.schilder import Ort, beschrifte


def test_a_name_stands_on_its_place_or_below_its_sign():
    assert beschrifte([Ort("Werdau", 500, 500, 0)], 1000, 1000, 40) == [
        {"x": "500", "y": "510", "anker": "middle", "text": "Werdau"}
    ]
    (schild,) = beschrifte([Ort("Zwickau", 500, 500, 34)], 1000, 1000, 40)
    assert (schild["x"], schild["anker"]) == ("500", "middle")
    assert int(schild["y"]) > 534


def test_a_name_at_the_edge_moves_inwards():
    (links,) = beschrifte([Ort("Limbach-Oberfrohna", 10, 500, 0)], 1000, 1000, 40)
    (rechts,) = beschrifte([Ort("Limbach-Oberfrohna", 990, 500, 0)], 1000, 1000, 40)
    assert (links["anker"], rechts["anker"]) == ("start", "end")


def test_of_two_names_in_one_place_the_first_keeps_it():
    orte = [Ort("Zwickau", 500, 500, 0), Ort("Mülsen", 505, 503, 0)]
    erster, zweiter = beschrifte(orte, 1000, 1000, 40)
    assert erster["y"] == "510"
    assert abs(int(zweiter["y"]) - 510) >= 40


def test_a_name_without_room_stays_away():
    orte = [Ort(f"Ort {i}", 500, 500, 0) for i in range(20)]
    schilder = beschrifte(orte, 1000, 1000, 40)
    assert 1 < len(schilder) < 20
    assert beschrifte([Ort("Ein sehr langer Name", 50, 50, 0)], 100, 100, 40) == []


def test_a_name_does_not_cover_the_sign_of_another_place():
    orte = [Ort("Werdau", 500, 500, 0), Ort("Rat", 510, 450, 34)]
    werdau = next(s for s in beschrifte(orte, 1000, 1000, 40) if s["text"] == "Werdau")
    assert int(werdau["y"]) > 510
