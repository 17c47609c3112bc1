import pytest

from asskomm.quellen import Quelle, lies_quelle, lies_quellen


@pytest.mark.parametrize(
    ("text", "quelle"),
    [
        (
            "https://www.medienservice.sachsen.de/medien/news/247342",
            Quelle(
                "medienservice.sachsen.de",
                "https://www.medienservice.sachsen.de/medien/news/247342",
            ),
        ),
        (
            "LPR-Newsletter 12 | 18.12.2020, https://www.lpr.sachsen.de/x.pdf",
            Quelle(
                "LPR-Newsletter 12 | 18.12.2020 (auf lpr.sachsen.de)",
                "https://www.lpr.sachsen.de/x.pdf",
            ),
        ),
        (
            "l-iz.de 06.02.2021, https://l-iz.de/melder/1",
            Quelle("l-iz.de 06.02.2021", "https://l-iz.de/melder/1"),
        ),
        (
            "https://www.plauen.de/ Pressemitteilung 08.05.2020",
            Quelle("Pressemitteilung 08.05.2020 (auf plauen.de)", "https://www.plauen.de/"),
        ),
        (
            "siehe https://a.example/1 (Stand November 2021)",
            Quelle("siehe (Stand November 2021) (auf a.example)", "https://a.example/1"),
        ),
        (
            "https://a.example/1 (Stand November 2021)",
            Quelle("Stand November 2021 (auf a.example)", "https://a.example/1"),
        ),
        ("Beschluss\n vom 12.05.2021", Quelle("Beschluss vom 12.05.2021")),
        ("javascript:alert(1)", Quelle("javascript:alert(1)")),
    ],
)
def test_a_source_is_split_into_name_and_address(text, quelle):
    assert lies_quelle(text) == quelle


def test_sources_are_named_once():
    assert lies_quellen(["a", " ", "b", "a", None]) == [Quelle("a"), Quelle("b")]
