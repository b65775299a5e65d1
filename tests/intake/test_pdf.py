"""PDF, with the extra and without it."""

import sys

import pytest

from onrecord.errors import InputError
from onrecord.intake import reports_in


def pdf(*pages: str) -> bytes:
    """A PDF of those pages, written by hand."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for text in pages:
        lines = "".join(f"({line}) Tj T* " for line in text.split("\n"))
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {lines}ET"
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode()
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def test_each_page_leads_back_to_the_object_that_draws_it(came_from):
    pytest.importorskip("pypdf")
    data = pdf("No truce in Lima\nThe mayor said that nobody was hurt.", "The harbour stays shut, she said.")
    (report,) = reports_in(data, uri="a.pdf")
    assert report.format == "pdf"
    assert "The mayor said that nobody was hurt." in report.text
    assert b"(The harbour stays shut, she said.) Tj" in came_from(report, data, "The harbour stays shut, she said.")
    assert b"No truce" not in came_from(report, data, "The harbour stays shut, she said.")


def test_without_the_extra_the_message_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(InputError, match=r"needs the extra `pdf`; pip install 'onrecord\[pdf\]'"):
        list(reports_in(pdf("Words."), uri="a.pdf"))


def test_a_pdf_without_text_or_damaged_is_refused():
    pytest.importorskip("pypdf")
    with pytest.raises(InputError, match="PDF without text"):
        list(reports_in(pdf(""), uri="a.pdf"))
    with pytest.raises(InputError, match="damaged PDF"):
        list(reports_in(b"%PDF-1.4\nnothing", uri="a.pdf"))
