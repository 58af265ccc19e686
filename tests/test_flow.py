from pathlib import Path

import pytest

from antinomy.errors import InputError
from antinomy.flow import blame_file


def test_whatever_a_file_provokes_becomes_an_error_about_it():
    with (
        pytest.raises(InputError, match=r"odd\.txt: antinomy failed on this file \(ValueError: boom\)"),
        blame_file(Path("odd.txt")),
    ):
        raise ValueError("boom")


@pytest.mark.parametrize("error", [OSError("disk full"), InputError("empty", where="a", fix="b"), KeyboardInterrupt()])
def test_what_is_not_about_the_file_passes_through(error):
    with pytest.raises(type(error)) as caught, blame_file(Path("odd.txt")):
        raise error
    assert caught.value is error
