"""Prints the charts of a workbook as openpyxl sees them: python3 charts.py BOOK.xlsx."""
import json
import sys

import openpyxl


def reference(data):
    if data is None:
        return None
    return (data.numRef or data.strRef).f


def text(title):
    return "".join(run.t for part in title.tx.rich.p for run in part.r or [])


book = openpyxl.load_workbook(sys.argv[1])
print(
    json.dumps(
        {
            sheet.title: [
                {
                    "kind": type(chart).__name__,
                    "title": text(chart.title),
                    "column": chart.anchor._from.col,
                    "row": chart.anchor._from.row,
                    "series": [
                        {
                            "name": one.tx.strRef.f,
                            "x": reference(getattr(one, "cat", None) or getattr(one, "xVal", None)),
                            "y": reference(getattr(one, "val", None) or getattr(one, "yVal", None)),
                        }
                        for one in chart.series
                    ],
                }
                for chart in sheet._charts
            ]
            for sheet in book
        }
    )
)
