"""Lines with places -> a small PDF with a text layer, so that tests need no library to make one."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One run of text; lengths are in points from the lower left of the unrotated page.

    Attributes:
        x: Left edge.
        y: Baseline.
        text: What is printed, in cp1252.
        size: Font size.
        matrix: First four numbers of the text matrix; the default is upright.
    """

    x: float
    y: float
    text: str
    size: float = 9
    matrix: str = "1 0 0 1"


def measure(text: str, size: float = 9) -> float:
    """Return the width of a text; all characters of Courier are equally wide."""
    return 0.6 * size * len(text)


def set_lines(
    lines: Sequence[str], *, x: float = 70, top: float = 750, spacing: float = 12, size: float = 9
) -> list[Text]:
    """Set lines below each other; an empty one leaves a gap."""
    return [Text(x, top - spacing * index, line, size) for index, line in enumerate(lines) if line]


def write_pdf(
    pages: Sequence[Sequence[Text]],
    *,
    width: float = 595,
    height: float = 842,
    rotate: int = 0,
    encrypted: bool = False,
) -> bytes:
    """Return a PDF; an encrypted one opens with no password at all."""
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for index, texts in enumerate(pages):
        stream = b"\n".join(map(_show, texts))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Rotate {rotate} "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * index} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    info = len(objects) + 1
    objects.append(b"<< /Title (Test) /CreationDate (D:20240305101112Z) >>")
    trailer = f"/Size {len(objects) + 1} /Root 1 0 R /Info {info} 0 R"
    if encrypted:
        nothing = "00" * 32
        trailer += f" /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{nothing}> /U <{nothing}> >>"
    return _assemble(objects, trailer)


def _show(text: Text) -> bytes:
    escaped = text.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
    return f"BT /F1 {text.size} Tf {text.matrix} {text.x} {text.y} Tm (".encode() + escaped + b") Tj ET"


def _assemble(objects: Sequence[bytes], trailer: str) -> bytes:
    data = b"%PDF-1.4\n"
    offsets: list[int] = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return data + b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer.encode(), start)
