"""Makes a workbook with everything that must survive: python3 make_fidelity.py OUT.xlsx (needs openpyxl)."""
import datetime
import io
import sys
import zipfile

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


def add_table(sheet, name, ref):
    table = Table(displayName=name, ref=ref)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight9", showRowStripes=True)
    sheet.add_table(table)


def main(out):
    book = openpyxl.Workbook()
    staff = book.active
    staff.title = "Staff"
    staff.append(["id", "Response\nhours", "since", "active"])
    staff.append(["E1", 847.43, datetime.datetime(2024, 2, 29, 12, 20), True])
    staff.append(["E2", 0.1 + 0.2, datetime.datetime(2026, 1, 31), False])
    staff.append(["E3", -3, None, None])
    add_table(staff, "StaffTable", "A1:D4")
    staff.conditional_formatting.add(
        "B2:B4", CellIsRule(operator="greaterThan", formula=["100"], fill=PatternFill("solid", bgColor="FFC7CE"))
    )
    validation = DataValidation(type="list", formula1='"E1,E2,E3"')
    validation.add("A2:A4")
    staff.add_data_validation(validation)
    staff["A2"].comment = Comment("checked by HR", "HR")
    staff["F1"] = "outside the table"

    sales = book.create_sheet("Sales")
    sales.append(["a title"])
    for row in (["sale", "amount"], ["S1", 10.5], ["S2", 20], ["S3", 5]):
        sales.append([None] + row)
    add_table(sales, "SalesTable", "B2:C5")
    chart = BarChart()
    chart.add_data(Reference(sales, min_col=3, min_row=2, max_row=5), titles_from_data=True)
    sales.add_chart(chart, "E2")
    try:
        from openpyxl.drawing.image import Image

        sales.add_image(Image(io.BytesIO(PNG)), "E20")
    except ImportError:
        print("no PIL: without an image", file=sys.stderr)

    rules = book.create_sheet("Rules")
    rules["A1"] = "unit 0.01"
    rules["A3"] = "each StaffTable"
    rules["B4"] = "x = 1"
    rules["D4"] = "signed off"

    settings = book.create_sheet("Settings")
    settings["B2"] = 0.15
    settings["B3"] = datetime.datetime(2026, 3, 31)
    book.defined_names.append(DefinedName("pool_rate", attr_text="Settings!$B$2"))
    book.defined_names.append(DefinedName("closing", attr_text="'Settings'!$B$3"))
    book.defined_names.append(DefinedName("area", attr_text="Settings!$B$2:$B$3"))

    ours = book.create_sheet("Allot Staff")
    ours.append(["id", "pay"])
    ours.append(["E1", 1])
    add_table(ours, "Allot_Staff", "A1:B2")
    ours.column_dimensions["A"].width = 33

    user = book.create_sheet("Report")
    user["A1"] = "pay of the first"
    user["B1"] = "='Allot Staff'!B2"
    user["B2"] = "=SUM(Allot_Staff[pay])"
    book.save(out)
    post_edit(out)


def post_edit(out):
    """Adds what openpyxl does not write: a sparkline, custom properties."""
    with zipfile.ZipFile(out) as archive:
        parts = [(info, archive.read(info)) for info in archive.infolist()]
    custom = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
        b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        b'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
        b'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Owner"><vt:lpwstr>HR</vt:lpwstr></property></Properties>'
    )
    sparkline = (
        b'<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        b'uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups '
        b'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup><x14:sparklines><x14:sparkline>'
        b"<xm:f>Sales!C3:C5</xm:f><xm:sqref>D3</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup>"
        b"</x14:sparklineGroups></ext></extLst></worksheet>"
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in parts:
            if info.filename == "xl/worksheets/sheet2.xml":
                data = data.replace(b"</worksheet>", sparkline)
            if info.filename == "[Content_Types].xml":
                data = data.replace(
                    b"</Types>",
                    b'<Override PartName="/docProps/custom.xml" '
                    b'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>',
                )
            if info.filename == "_rels/.rels":
                data = data.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rIdCustom" Target="docProps/custom.xml" Type="http://schemas.openxmlformats.org/'
                    b'officeDocument/2006/relationships/custom-properties"/></Relationships>',
                )
            archive.writestr(info.filename, data)
        archive.writestr("docProps/custom.xml", custom)


main(sys.argv[1])
