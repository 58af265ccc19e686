import pytest

from antinomy.ingest.language import detect_language, detect_languages

GERMAN = "Wir haben das in der Halle immer schon so gemacht, und keiner hat uns gefragt, ob die Presse überhaupt passt."
ENGLISH = "We have always done it like that in this hall, and nobody has ever asked us whether the press fits at all."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (
            "Wir machen Lean, wir machen Six Sigma und Predictive Maintenance, und am Ende fragt keiner den Operator.",
            "de",
        ),
        ("Nous avons toujours fait comme ça dans cet atelier, et personne ne nous a demandé notre avis.", "fr"),
        ("Vi har altid gjort det sådan i hallen, og ingen har spurgt os, om pressen overhovedet passer.", "da"),
        ("Zawsze tak robiliśmy na tej hali i nikt nas nie zapytał, czy ta prasa w ogóle tu pasuje.", "pl"),
        ("Мы всегда так делали в этом цехе, и никто нас не спросил, подходит ли пресс.", "ru"),
        (ENGLISH, "en"),
    ],
)
def test_running_text(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Yeah, no, no, mhm, okay, okay, yeah, so, uh, um, right, yeah, no, mhm.",
        "Kaizen, gemba, kanban, heijunka, poka yoke, hoshin kanri, jidoka, andon, muda, mura, muri, genchi genbutsu.",
        "Anna Müller, Björn Åkesson, Çağla Yılmaz, José Núñez, Łukasz Wójcik, Søren Ørsted, Zoë François.",
        "So the, um, MES talks to the PLC via OPC UA, and SAP gets it from Kafka.",
        "Ja, genau.",
        "",
        "12 34",
    ],
)
def test_noise_names_and_short_talk_are_not_foreign(text):
    assert detect_languages([text], "en") == ["en"]


@pytest.mark.parametrize("text", ["Да, конечно.", "はい、そうです。", "ναι, βέβαια"])
def test_another_script_needs_no_length(text):
    assert detect_languages([text], "en") != ["en"]


def test_short_turns_have_the_main_language():
    assert detect_languages(["Ja, genau.", ENGLISH, GERMAN], "de") == ["de", "en", "de"]


def test_a_long_document_is_sampled_all_over():
    assert detect_language(f"{ENGLISH} " + f"{GERMAN} " * 2_000) == "de"
