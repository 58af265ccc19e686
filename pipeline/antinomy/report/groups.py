"""Counts by document and by speaker -> counts by organisation and by group of people."""

from collections import Counter
from collections.abc import Mapping

from antinomy.codebook import Codebook
from antinomy.report.run_tables import DocumentRow
from antinomy.report.summary import SpeakerKey, Summary, Tally

NO_GROUP = "Group not known"
NO_SPEAKER = "No speaker named"
OTHER_GROUPS = "Other groups"
MAX_GROUPS = 10


def count_by_organisation(summary: Summary, documents: tuple[DocumentRow, ...]) -> dict[str, Tally]:
    """Add up documents by organisation; documents without one are left out."""
    tallies: dict[str, Tally] = {}
    for document in documents:
        if document.organisation and document.id in summary.by_document:
            tallies.setdefault(document.organisation, Tally()).merge(summary.by_document[document.id])
    return tallies


def count_by_speaking_group(
    summary: Summary, documents: tuple[DocumentRow, ...], codebook: Codebook
) -> dict[str, Tally]:
    """Add up speakers by the group that they belong to, the codebook's stakeholders first.

    A speaker's group is what the metadata call ``stakeholder``, or else what the cues take the speaker for,
    or else the ``role`` of a document with one respondent.
    """
    metadata = {document.id: document.metadata for document in documents}
    alone = Counter(document for document, speaker in summary.by_speaker if speaker is not None)
    names = {stakeholder.id: stakeholder.name for stakeholder in codebook.stakeholders}
    tallies: dict[str, Tally] = {name: Tally() for name in names.values()}
    for key, tally in summary.by_speaker.items():
        given = metadata.get(key[0], {}) if alone[key[0]] == 1 else {}
        tallies.setdefault(_name_group(key, given, summary, names), Tally()).merge(tally)
    spoken = {name: tally for name, tally in tallies.items() if tally.sentences}
    return _limit_groups(spoken, keep=(*names.values(), NO_GROUP, NO_SPEAKER))


def _name_group(key: SpeakerKey, given: Mapping[str, str], summary: Summary, names: Mapping[str, str]) -> str:
    if key[1] is None:
        return NO_SPEAKER
    group = given.get("stakeholder") or summary.speaks_as.get(key) or given.get("role") or NO_GROUP
    return names.get(group.strip().lower().replace(" ", "_"), group)


def _limit_groups(tallies: dict[str, Tally], *, keep: tuple[str, ...]) -> dict[str, Tally]:
    """Put together what is beyond the largest groups, and the groups without a name at the end."""
    others = [name for name in tallies if name not in keep]
    largest = sorted(others, key=lambda name: -tallies[name].sentences)[:MAX_GROUPS]
    order = [*(name for name in keep if name not in (NO_GROUP, NO_SPEAKER)), *largest]
    limited = {name: tallies[name] for name in order if name in tallies}
    for name in others:
        if name not in limited:
            limited.setdefault(OTHER_GROUPS, Tally()).merge(tallies[name])
    return limited | {name: tallies[name] for name in (NO_GROUP, NO_SPEAKER) if name in tallies}
