import pytest
from tests.support.markup import make_sentence

from antinomy.codebook import load_codebook
from antinomy.cues import CueExtractor


@pytest.fixture(scope="session")
def extractor():
    return CueExtractor(load_codebook())


@pytest.fixture(scope="session")
def find(extractor):
    """Return the cues of one sentence, of the kinds asked for."""

    def find_cues(text, *kinds, **options):
        (cues,) = extractor.extract([make_sentence(text, speaker="Kari")], **options)
        return [cue for cue in cues if not kinds or cue.kind in kinds]

    return find_cues
