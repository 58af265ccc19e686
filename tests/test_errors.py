import pytest

from antinomy.errors import InputError, Problem, escape_unprintable


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\x1b[2Jb.txt", r"a\x1b[2Jb.txt"),
        ("a\nerror: b", r"a\x0aerror: b"),
        ("a\x9b31mb\x7f", r"a\x9b31mb\x7f"),
        ("a\u202etxt.exe", r"a\u202etxt.exe"),
        ("a\u2066b\u2069\u200f", r"a\u2066b\u2069\u200f"),
        ("caf\udce9.txt", r"caf\xe9.txt"),
        ("a\ud83d", r"a\ud83d"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_escaped_and_kept_raw(name, shown):
    problem = Problem(f"no member {name}", name, f"Remove {name}")
    assert str(problem) == f"{shown}: no member {shown}. Remove {shown}"
    assert (problem.where, problem.what) == (name, f"no member {name}")
    assert str(InputError("w", where=name, fix="f")).startswith(shown)


def test_ordinary_names_stay_as_they_are():
    assert escape_unprintable("Größe – café 日本 🏭 C:\\x\\y.txt") == "Größe – café 日本 🏭 C:\\x\\y.txt"
