from antinomy.classify.predict import decide, pad_windows
from antinomy.classify.windows import build_windows
from antinomy.codebook import load_codebook
from antinomy.records import Sentence


class Letters:
    """Tokenizer whose tokens are characters, so that a window can be read."""

    cls, sep = ord("<"), ord("|")

    def ids(self, texts):
        return [[ord(letter) for letter in text] for text in texts]


def make(*texts, roles=None):
    roles = roles or ["respondent"] * len(texts)
    return [
        Sentence(
            document="d", turn=n, index=n, start=0, end=0, text=text, speaker=None, role=role,
            status="interviewer" if role == "interviewer" else "coded",
        )
        for n, (text, role) in enumerate(zip(texts, roles, strict=True))
    ]  # fmt: skip


def read(window):
    marked = "".join(chr(i).upper() if t else chr(i) for i, t in zip(window.ids, window.types, strict=True))
    return marked


def test_a_window_shows_two_before_one_after_and_marks_the_sentence():
    windows = dict(build_windows(make("a", "b", "c", "d", "e"), Letters()))
    assert read(windows[3]) == "<respondent:bc|D|e|"
    assert read(windows[0]) == "<respondent:|A|b|"
    assert read(windows[4]) == "<respondent:cd|E||"


def test_the_question_stays_in_reach_and_the_interviewer_is_never_coded():
    sentences = make("w", "a", "b", "c", "d", roles=["interviewer"] + ["respondent"] * 4)
    windows = dict(build_windows(sentences, Letters()))
    assert sorted(windows) == [1, 2, 3, 4]
    assert read(windows[1]) == "<respondent:question:w|A|b|"
    assert read(windows[4]) == "<respondent:question:wbc|D||"


def test_reports_are_marked_as_documents():
    assert read(dict(build_windows(make("a", roles=["document"]), Letters()))[0]) == "<document:|A||"


def test_only_what_is_asked_for_is_cut():
    assert [p for p, _ in build_windows(make("a", "b", "c"), Letters(), only={1})] == [1]


def test_padding_hides_nothing():
    windows = [w for _, w in build_windows(make("a", "bcd"), Letters())]
    feed = pad_windows(windows)
    assert feed["input_ids"].shape == feed["attention_mask"].shape == feed["token_type_ids"].shape
    assert feed["attention_mask"].sum(axis=1).tolist() == [len(w.ids) for w in windows]
    assert feed["token_type_ids"].sum(axis=1).tolist() == [1, 3]


def test_a_tension_never_stands_without_its_paradox():
    codebook = load_codebook()
    probabilities = dict.fromkeys(codebook.code_ids, 0.1) | {"pull_vs_push": 0.9, "myopia": 0.8}
    thresholds = dict.fromkeys(codebook.code_ids, 0.5)
    alone = decide(probabilities, thresholds, codebook)
    assert alone.codes == ("myopia",)
    assert alone.probabilities["pull_vs_push"] == 0.1
    both = decide(probabilities | {"organising": 0.7}, thresholds, codebook)
    assert both.codes == ("organising", "pull_vs_push", "myopia")
    assert both.probabilities["pull_vs_push"] == 0.7
