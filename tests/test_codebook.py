import csv
import io

import pytest
from click.testing import CliRunner

from antinomy.cli.codebook import command
from antinomy.codebook import load_codebook
from antinomy.codebook.read import default_source, parse_codebook
from antinomy.errors import CodebookError
from antinomy.store import sentence_schema

HEAD = 'id = "mine"\nversion = "1"\nextends = "antinomy"\n'


def test_default_codebook_has_the_scheme():
    codebook = load_codebook()
    assert [d.id for d in codebook.dimensions] == ["paradox", "tension", "archetype", "action", "strategy"]
    assert [len(codebook.codes_of(d.id)) for d in codebook.dimensions] == [4, 8, 4, 4, 4]
    assert all(codebook.by_id[c.parent].dimension == "paradox" for c in codebook.codes_of("tension") if c.parent)
    assert all(c.parent and len(c.poles) == 2 for c in codebook.codes_of("tension"))
    assert {c.home for c in codebook.codes_of("archetype")} <= {s.id for s in codebook.stakeholders}


def test_hash_depends_on_content_not_on_layout():
    one = parse_codebook(default_source(), "a")
    spaced = parse_codebook(default_source().replace("[[code]]", "\n# a comment\n[[code]]"), "b")
    changed = parse_codebook(default_source().replace("habits of thought", "habits"), "c")
    assert one.sha256 == spaced.sha256
    assert one.sha256 != changed.sha256


def test_tension_brings_its_paradox():
    assert load_codebook().close_upwards({"pull_vs_push", "myopia"}) == ("organising", "pull_vs_push", "myopia")


def test_a_study_adds_codes_stakeholders_and_terms():
    source = HEAD + (
        '[[dimension]]\nid = "mood"\nname = "Mood"\ndefinition = "How it is said."\n'
        '[[code]]\nid = "irony"\ndimension = "mood"\nname = "Irony"\ndefinition = "Said the other way round."\n'
        '[[stakeholder]]\nid = "union"\nname = "Union"\ndefinition = "The works council."\nterms = ["works council"]\n'
        '[[stakeholder]]\nid = "production"\nname = "Floor"\ndefinition = "Ours."\nterms = ["cell crew"]\n'
    )
    codebook = parse_codebook(source, "mine.toml")
    base = load_codebook()
    assert codebook.code_ids == (*base.code_ids, "irony")
    assert codebook.stakeholders[0].name == "Floor"
    assert codebook.stakeholders[-1].terms == ("works council",)
    assert codebook.sha256 != base.sha256


def test_all_errors_at_once_with_their_lines():
    source = HEAD + (
        '[[code]]\nid = "Bad Id"\ndimension = "paradox"\nname = "x"\ndefinition = "y"\n'
        '[[code]]\nid = "other"\ndimension = "paradox"\ndefinition = "y"\ncolour = "red"\n'
        'unknwon = 3\n[[stakeholder]]\nid = "s"\nname = ""\ndefinition = "d"\nterms = "one"\n'
    )
    with pytest.raises(CodebookError) as caught:
        parse_codebook(source, "bad.toml")
    where = [problem.where for problem in caught.value.problems]
    assert where == ["bad.toml:5", "bad.toml:9", "bad.toml:13", "bad.toml:14", "bad.toml:17", "bad.toml:19"]
    assert all(problem.fix for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('[[code]]\nid="a"\ndimension="nope"\nname="A"\ndefinition="d"', "unknown dimension"),
        ('[[code]]\nid="a"\ndimension="tension"\nparent="zz"\nname="A"\ndefinition="d"', "unknown parent"),
        ('[[code]]\nid="a"\ndimension="tension"\nparent="a"\nname="A"\ndefinition="d"', "own ancestor"),
        ('[[code]]\nid="a"\ndimension="tension"\npoles=["x"]\nname="A"\ndefinition="d"', "poles must be two"),
        ('[[code]]\nid="a"\ndimension="archetype"\nhome="moon"\nname="A"\ndefinition="d"', "unknown stakeholder"),
        ('[[rule]]\nid="r"\ntext="t"\ncodes=["moon"]', "unknown code"),
        ('[[horizon]]\nid="eternal"\nname="E"\ndefinition="d"', "unknown horizon"),
        ('[[horizon]]\nid="short"\nname="S"\ndefinition="d"\nmax_days=5000', "overlap"),
        ('[[rule]]\nid="r"\ntext="t"\ncodes=["myopia"]\n[[rule]]\nid="r"\ntext="t"\ncodes=["dogma"]', "twice"),
    ],
)
def test_contradictions_are_named(table, message):
    with pytest.raises(CodebookError, match=message):
        parse_codebook(HEAD + table, "bad.toml")


def test_broken_toml_names_the_line():
    with pytest.raises(CodebookError, match="line 2"):
        parse_codebook('id = "x"\nversion = \n', "bad.toml")


def test_missing_file_is_an_error(tmp_path):
    with pytest.raises(CodebookError, match="cannot be read"):
        load_codebook(tmp_path / "none.toml")


DIMENSION = '[[dimension]]\nid = "{}"\nname = "Mood"\ndefinition = "How it is said."\n'


@pytest.mark.parametrize("name", [*sentence_schema(load_codebook(), {}).names[:11], "p_value", "split", "coder"])
def test_a_dimension_cannot_take_the_name_of_another_column(name):
    with pytest.raises(CodebookError, match="another column") as caught:
        parse_codebook(HEAD + DIMENSION.format(name), "bad.toml")
    assert [problem.where for problem in caught.value.problems] == ["bad.toml:5"]


def test_a_dimension_and_a_code_may_share_an_id():
    code = '[[code]]\nid = "mood"\ndimension = "mood"\nname = "Mood"\ndefinition = "It is said."\n'
    codebook = parse_codebook(HEAD + DIMENSION.format("mood") + code, "mine.toml")
    names = sentence_schema(codebook, {}).names
    assert len(names) == len(set(names))
    assert {"mood", "p_mood"} <= set(names)


@pytest.mark.parametrize("child", ["a", "pull_vs_push"], ids=["new", "replaces one of the base"])
def test_a_parent_stands_above_its_codes(child):
    code = '[[code]]\nid = "{}"\ndimension = "tension"\nname = "A"\ndefinition = "d"\n'
    lower = code.format(child) + 'parent = "b"\n' + code.format("b")
    with pytest.raises(CodebookError, match="stands below") as caught:
        parse_codebook(HEAD + lower, "bad.toml")
    assert [problem.where for problem in caught.value.problems] == ["bad.toml:9"]
    assert "above" in caught.value.problems[0].fix
    upper = code.format("b") + code.format("a") + 'parent = "b"\n'
    assert parse_codebook(HEAD + upper, "mine.toml").code_ids[-2:] == ("b", "a")


def test_no_text_becomes_a_formula_in_the_exported_table(tmp_path):
    file = tmp_path / "mine.toml"
    code = '[[code]]\nid = "a"\ndimension = "tension"\nname = "\u00a0=1+1"\ndefinition = "＋1"\npoles = ["@x", "y"]\n'
    file.write_text(HEAD + code, "utf-8")
    exported = CliRunner().invoke(command, ["export", str(file), "--format", "csv"]).output
    *_, row = csv.DictReader(io.StringIO(exported))
    assert (row["code"], row["name"], row["definition"], row["poles"]) == ("a", "'\u00a0=1+1", "'＋1", "'@x ↔ y")
