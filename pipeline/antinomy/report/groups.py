"""Counts by document and by speaker -> counts by organisation and by group of people."""

from collections import Counter
from collections.abc import Callable

from antinomy.codebook import Codebook
from antinomy.report.summary import Summary, Tally
from antinomy.run_tables import DocumentRow

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
    summary: Summary,
    documents: tuple[DocumentRow, ...],
    codebook: Codebook,
    find_stakeholder: Callable[[str], str | None],
) -> dict[str, Tally]:
    """Add up speakers by the group that they belong to, the codebook's stakeholders first.

    Args:
        summary: The counts.
        documents: Their metadata give roles: ``role:NAME`` of one speaker, ``role`` of the only respondent.
        codebook: Names the stakeholders.
        find_stakeholder: Role or speaker's label -> id of a stakeholder, None where it names none.
    """
    metadata = {document.id: document.metadata for document in documents}
    alone = Counter(document for document, speaker in summary.by_speaker if speaker is not None)
    names = {stakeholder.id: stakeholder.name for stakeholder in codebook.stakeholders}
    tallies: dict[str, Tally] = {name: Tally() for name in names.values()}
    for (document, speaker), tally in summary.by_speaker.items():
        group = NO_SPEAKER
        if speaker is not None:
            given = metadata.get(document, {})
            roles = [given.get(f"role:{speaker}", ""), given.get("role", "") if alone[document] == 1 else ""]
            found = next(filter(None, map(find_stakeholder, (*roles, speaker))), None)
            group = names[found] if found in names else next(filter(None, roles), NO_GROUP)
        tallies.setdefault(group, Tally()).merge(tally)
    spoken = {name: tally for name, tally in tallies.items() if tally.sentences}
    return _limit_groups(spoken, keep=(*names.values(), NO_GROUP, NO_SPEAKER))


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
