"""Which file each format makes, and how a file gets into its folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from suitecrm_bridge.catalogue import Language
from suitecrm_bridge.errors import DataError, StoreError
from suitecrm_bridge.files import private_folder, replacing
from suitecrm_bridge.i18n import text
from suitecrm_bridge.report import csv_file, document, page, sheets, workbook
from suitecrm_bridge.report.complaint_sheets import complaint_sheets
from suitecrm_bridge.report.formats import FORMATS
from suitecrm_bridge.report.model import Report, ReportData
from suitecrm_bridge.report.programme_page import part_sheets
from suitecrm_bridge.report.reading import read

Writer = Callable[[BinaryIO], None]


def _csv(report: Report) -> Iterator[tuple[str, Writer]]:
    for entity in report.entities:
        customers, segments = sheets.customers(report, entity), sheets.segments(report, [entity])
        yield f"customers-{entity}.csv", partial(csv_file.write, customers, report.lang)
        yield f"segments-{entity}.csv", partial(csv_file.write, segments, report.lang)
    for name, sheet in complaint_sheets(report.complaints, report.lang):
        file = f"complaints-{name}.csv".replace("_", "-")
        yield file, partial(csv_file.write, sheet, report.lang)
    for name, sheet in part_sheets(report.programmes, report.lang):
        file = f"programmes-{name}.csv".replace("_", "-")
        yield file, partial(csv_file.write, sheet, report.lang)
    for name, sheet in part_sheets(report.leads, report.lang):
        yield f"{name}.csv".replace("_", "-"), partial(csv_file.write, sheet, report.lang)


_OUTPUTS: Mapping[str, Callable[[Report], Iterable[tuple[str, Writer]]]] = {
    "html": lambda report: [("report.html", partial(page.write, report))],
    "xlsx": lambda report: [("report.xlsx", partial(workbook.write, report))],
    "csv": _csv,
    "json": lambda report: [("report.json", partial(document.write, report))],
}


def render(
    data: ReportData,
    formats: Sequence[str],
    output: Path,
    lang: Language,
    *,
    private: bool = False,
) -> list[Path]:
    """Write the report in each of `formats` into the folder `output`; return the files.

    A file appears under its name only once it is complete. The folder is made where it is
    missing; files of an earlier report are replaced. With `private` they are for their owner only.

    Raises:
        DataError: a format is unknown, or the data names an unknown segment.
        MissingColumns: a frame lacks columns.
        StoreError: a file cannot be written.
    """
    for name in formats:
        if name not in _OUTPUTS:
            known = ", ".join(FORMATS)
            raise DataError(text("report.unknown_format", lang, format=name, formats=known))
    report = read(data, lang)
    outputs = [made for name in dict.fromkeys(formats) for made in _OUTPUTS[name](report)]
    return [write_file(output / name, writer, lang, private) for name, writer in outputs]


def write_file(path: Path, writer: Writer, lang: Language, private: bool) -> Path:
    """Write a file, which appears once it is complete, and return it.

    Raises:
        StoreError: it cannot be written.
    """
    try:
        if private:
            private_folder(path.parent)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, private=private) as file:
            writer(file)
    except OSError as error:
        raise StoreError(text("report.cannot_write", lang, path=path, error=error)) from error
    return path
