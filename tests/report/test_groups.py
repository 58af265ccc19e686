from antinomy.codebook import load_codebook
from antinomy.report.groups import (
    MAX_GROUPS,
    NO_GROUP,
    NO_SPEAKER,
    OTHER_GROUPS,
    count_by_organisation,
    count_by_speaking_group,
)
from antinomy.report.summary import Summary, Tally
from antinomy.run_tables import DocumentRow


def summarise(by_speaker):
    tallies = {key: Tally(sentences=number) for key, number in by_speaker.items()}
    by_document = {}
    for (document, _), tally in tallies.items():
        by_document.setdefault(document, Tally()).merge(tally)
    rest = {"statuses": {}, "words": 0, "speakers": 0, "total": Tally(), "expected": {}, "by_mention": {}}
    return Summary(**rest, by_document=by_document, by_speaker=tallies, holdings=())


def count_groups(by_speaker, metadata):
    known = {"Line lead": "production", "Coach": "lps_team", "Operator 2": "production"}
    documents = tuple(DocumentRow(id=name, metadata=given) for name, given in metadata.items())
    groups = count_by_speaking_group(summarise(by_speaker), documents, load_codebook(), known.get)
    return [(name, tally.sentences) for name, tally in groups.items()]


def test_roles_and_labels_name_the_group():
    by_speaker = {("a", "Ann"): 1, ("b", "Bo"): 2, ("c", "Operator 2"): 4, ("d", None): 8, ("e", "Eve"): 16}
    metadata = {"a": {"role": "Coach"}, "b": {"role": "Sculptor"}, "d": {"role": "Coach"}}
    counted = count_groups(by_speaker, metadata)
    assert counted == [("Production", 4), ("LPS-team", 1), ("Sculptor", 2), (NO_GROUP, 16), (NO_SPEAKER, 8)]


def test_a_speakers_own_role_comes_first():
    metadata = {"a": {"role:Ann": "Line lead", "role": "Coach"}}
    assert count_groups({("a", "Ann"): 1, ("a", "Bo"): 2}, metadata) == [("Production", 1), (NO_GROUP, 2)]


def test_a_documents_role_is_not_given_to_each_of_several_speakers():
    assert count_groups({("a", "Ann"): 1, ("a", "Bo"): 2}, {"a": {"role": "Coach"}}) == [(NO_GROUP, 3)]


def test_small_groups_are_put_together_and_nothing_gets_lost():
    by_speaker = {(f"d{number}", "Ann"): number + 1 for number in range(MAX_GROUPS + 5)}
    counted = dict(count_groups(by_speaker, {f"d{number}": {"role": f"R{number}"} for number in range(MAX_GROUPS + 5)}))
    assert counted[OTHER_GROUPS] == 1 + 2 + 3 + 4 + 5
    assert sum(counted.values()) == sum(by_speaker.values())


def test_organisations_add_up_their_documents():
    summary = summarise({("a", "Ann"): 1, ("b", "Bo"): 2, ("c", "Cy"): 4, ("d", "Di"): 8})
    given = {"a": {"organisation": "X"}, "b": {"organization": "X"}, "c": {"organisation": "Y"}, "d": {}}
    documents = tuple(DocumentRow(id=name, metadata=metadata) for name, metadata in given.items())
    counted = count_by_organisation(summary, documents)
    assert {name: tally.sentences for name, tally in counted.items()} == {"X": 3, "Y": 4}
