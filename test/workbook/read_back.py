"""Prints a workbook as openpyxl sees it: python3 read_back.py BOOK.xlsx."""
import datetime
import json
import sys

import openpyxl


def plain(value):
    return value.isoformat() if isinstance(value, (datetime.datetime, datetime.date)) else value


book = openpyxl.load_workbook(sys.argv[1])
print(
    json.dumps(
        {
            sheet.title: {
                "rows": [[plain(cell.value) for cell in row] for row in sheet.iter_rows()],
                "formats": [cell.number_format for cell in (sheet[2] if sheet.max_row > 1 else [])],
                "types": [cell.data_type for cell in (sheet[2] if sheet.max_row > 1 else [])],
                "tables": {table.name: table.ref for table in sheet.tables.values()},
                "charts": len(sheet._charts),
                "frozen": sheet.freeze_panes,
                "widths": {key: dim.width for key, dim in sheet.column_dimensions.items() if dim.customWidth},
            }
            for sheet in book.worksheets
        }
    )
)
