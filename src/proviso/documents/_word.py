"""A document as a Word file that can be edited: real headings, lists, tables, header and footer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line

from proviso.documents._blocks import (
    Block,
    Bullet,
    Document,
    Fields,
    Heading,
    Numbered,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    is_long,
)
from proviso.documents._glyphs import without_controls

LANGUAGES = {"en-gb": "en-GB", "cy": "cy-GB"}
_FACE = "Arial"
_GREY = RGBColor(0x48, 0x49, 0x49)
_WIDTH = Cm(16.8)
_PLACE = Cm(1.4)
_LONGEST_PLACE = 6  # what stands beside the text; a longer one stands above it


def as_word(document: Document) -> bytes:
    """Return a document as a .docx file that can be edited."""
    made = docx.Document()
    _set_up(made, document)
    if document.look.crest:
        _crest(made, document)
    made.add_paragraph(without_controls(document.title), style="Title")
    made.add_paragraph(without_controls(document.subtitle), style="Subtitle")
    if not any(isinstance(block, Numbered) and block.place for block in document.blocks):
        _without_places(made)
    for block in document.blocks:
        _WRITERS[type(block)](made, block)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _crest(made: WordDocument, document: Document) -> None:
    """Put the crest above the title, with the author's name for whoever cannot see it."""
    line = made.add_paragraph()
    picture = line.add_run().add_picture(BytesIO(document.look.crest), height=Cm(2))
    picture._inline.docPr.set("descr", without_controls(document.author))


def _set_up(made: WordDocument, document: Document) -> None:
    dated = datetime.combine(document.dated, time())
    about = made.core_properties
    about.title, about.author, about.language = (
        without_controls(document.title)[:255],
        without_controls(document.author)[:255],
        document.language,
    )
    about.created = about.modified = dated
    about.comments, about.last_modified_by = "", without_controls(document.author)[:255]
    _styles(made, LANGUAGES.get(document.language, document.language))
    ink = RGBColor.from_string(document.look.colour[1:].upper())
    for name in ("Title", "Heading 1"):
        made.styles[name].font.color.rgb = ink
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.1)
    page.top_margin, page.bottom_margin = Cm(2.5), Cm(2.3)
    for line, left, right in (
        (page.header.paragraphs[0], *document.header),
        (page.footer.paragraphs[0], document.footer, document.page),
    ):
        line.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(f"{without_controls(left)}\t")
        _with_numbers(line, without_controls(right))


def _styles(document: WordDocument, language: str) -> None:
    styles: Any = document.styles
    for lang in styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
    sizes = {
        "Normal": 10.5,
        "Title": 21,
        "Subtitle": 13,
        "Heading 1": 14,
        "Heading 2": 11.5,
        "Header": 8.5,
        "Footer": 8.5,
    }
    for name, size in sizes.items():
        style = styles[name]
        style.font.name, style.font.size = _FACE, Pt(size)
        faces = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in faces.attrib if key.endswith("Theme")]:
            del faces.attrib[key]
        faces.set(qn("w:hAnsi"), _FACE)
        faces.set(qn("w:cs"), _FACE)
    for name, ink in {"Header": _GREY, "Footer": _GREY}.items():
        styles[name].font.color.rgb = ink
    styles["Title"].font.bold = True
    styles["Subtitle"].font.italic = False
    for letterspacing in list(styles["Subtitle"].element.rPr.iter(qn("w:spacing"))):
        letterspacing.getparent().remove(letterspacing)
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.clear_all()
    styles["Subtitle"].font.color.rgb = styles["Heading 2"].font.color.rgb = RGBColor(0, 0, 0)
    for border in list(styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    clause = styles.add_style("Clause", 1)
    clause.base_style = styles["Normal"]
    clause.paragraph_format.left_indent, clause.paragraph_format.first_line_indent = _PLACE, -_PLACE
    clause.paragraph_format.tab_stops.add_tab_stop(_PLACE)
    for name, points in {"Normal": 6, "Clause": 6, "List Bullet": 6, "Heading 1": 4, "Heading 2": 3}.items():
        styles[name].paragraph_format.space_after = Pt(points)


def _without_places(document: WordDocument) -> None:
    """Keep no room for places where no clause has one of its own under its heading."""
    styles: Any = document.styles
    layout = styles["Clause"].paragraph_format
    layout.left_indent = layout.first_line_indent = Cm(0)
    layout.tab_stops.clear_all()


def _with_numbers(line: Line, words: str) -> None:
    """Add words in which `{page}` and `{pages}` become fields that Word counts itself."""
    before, _, rest = words.partition("{page}")
    between, _, after = rest.partition("{pages}")
    line.add_run(before)
    if rest:
        _field(line, "PAGE")
        line.add_run(between)
        _field(line, "NUMPAGES")
        line.add_run(after)


def _field(line: Line, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = "1"
    run.append(words)
    field.append(run)
    line._p.append(field)


def _marked(line: Line, mark: str) -> None:
    if mark:
        run = line.add_run(f"\N{NO-BREAK SPACE}[{without_controls(mark)}]")
        run.font.size, run.font.color.rgb = Pt(8.5), _GREY


def _heading(document: WordDocument, block: Heading) -> None:
    document.add_heading(without_controls(block.text), block.level)


def _paragraph(document: WordDocument, block: Paragraph) -> None:
    document.add_paragraph(without_controls(block.text))


def _fields(document: WordDocument, block: Fields) -> None:
    for name, value in block.pairs:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(f"{without_controls(name)}: ").bold = True
        if is_long(value):
            line.add_run().add_break()
        line.add_run(without_controls(value))


def _numbered(document: WordDocument, block: Numbered) -> None:
    line = document.add_paragraph(style="Clause")
    line.add_run(without_controls(block.place)).bold = True
    if len(block.place) > _LONGEST_PLACE:
        line.add_run().add_break()
    elif line.style is not None and line.style.paragraph_format.left_indent:
        line.add_run("\t")
    line.add_run(without_controls(block.text))
    _marked(line, block.mark)


def _bullet(document: WordDocument, block: Bullet) -> None:
    line = document.add_paragraph(style="List Bullet")
    if block.lead:
        line.add_run(f"{without_controls(block.lead)} ").bold = True
    line.add_run(without_controls(block.text))
    _marked(line, block.mark)


def _table(document: WordDocument, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.header), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), without_controls(block.caption))
    table._tbl.tblPr.append(described)
    first = table.rows[0]
    repeated = OxmlElement("w:tblHeader")
    first._tr.get_or_add_trPr().append(repeated)
    for cell, words in zip(first.cells, block.header, strict=True):
        cell.paragraphs[0].add_run(without_controls(words)).bold = True
    for row in block.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = without_controls(words)
    widths = [int(_WIDTH * share / sum(block.widths)) for share in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().insert(0, whole)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _page_break(document: WordDocument, _block: PageBreak) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _picture(document: WordDocument, block: Picture) -> None:
    line = document.add_paragraph()
    picture = line.add_run().add_picture(BytesIO(block.png), width=Cm(block.width / 10))
    picture._inline.docPr.set("descr", without_controls(block.alt))


_WRITERS: dict[type[Block], Callable[[WordDocument, Any], None]] = {
    PageBreak: _page_break,
    Picture: _picture,
    Heading: _heading,
    Paragraph: _paragraph,
    Fields: _fields,
    Numbered: _numbered,
    Bullet: _bullet,
    Table: _table,
}
