"""Computes the digests of a paid workbook again, from src/audit/README.md alone: python3 recompute.py BOOK.xlsx.

Prints JSON: for each ledger row its digest; for the last paid run or adjustment the digests of rules and inputs as they are;
for each of them the digests of results and record, and for adjustments their totals.
"""
import base64
import datetime
import hashlib
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from decimal import Decimal
from fractions import Fraction

import openpyxl

PATH = sys.argv[1]
BOOK = openpyxl.load_workbook(PATH, data_only=True)
LEDGER = [
    "Number", "Time", "As of", "By", "Event", "Rules", "Inputs", "Results", "Totals", "Record", "Statements", "Note",
    "Previous",
]


def digest(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def escape(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def unescape(text):
    marks = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}
    return re.sub(r"\\[\\tnr]", lambda m: marks[m.group()], text)


def line(*fields):
    return "\t".join(fields) + "\n"


def in_order(lines):
    return "".join(sorted(lines, key=lambda text: text.encode("utf-8")))


def number(value):
    text = format(Decimal("%.15g" % value), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def date(value):
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime(value.year, value.month, value.day)
    value = value + datetime.timedelta(microseconds=500)
    millis = value.microsecond // 1000
    text = value.strftime("%Y-%m-%d").rjust(10, "0")
    if (value.hour, value.minute, value.second, millis) != (0, 0, 0, 0):
        text += value.strftime("T%H:%M:%S") + (".%03d" % millis if millis else "")
    return text


def day_fraction(value):
    return ((value.hour * 60 + value.minute) * 60 + value.second + value.microsecond / 1e6) / 86400


def field(cell):
    value = cell.value
    if value is None or value == "":
        return "-"
    if cell.data_type == "e":
        return "e:" + escape(str(value))
    if isinstance(value, bool):
        return "b:TRUE" if value else "b:FALSE"
    if isinstance(value, (datetime.datetime, datetime.date)):
        return "d:" + date(value)
    if isinstance(value, datetime.time):
        return "n:" + number(day_fraction(value))
    if isinstance(value, (int, float)):
        return "n:" + number(value)
    return "t:" + escape(str(value))


def folded(name):
    return name.strip().lower()


def is_rules(name):
    return folded(name) in ("rules", "规则") or folded(name).startswith(("rules ", "规则 "))


def rules_digest():
    text = line("allot-rules-1")
    for sheet in BOOK.worksheets:
        if not is_rules(sheet.title):
            continue
        lines = []
        last = 0
        for row in sheet.iter_rows(min_row=1, max_row=sheet.max_row, max_col=3):
            said = [(i, str(cell.value)) for i, cell in enumerate(row) if cell.value is not None]
            said = [(i, t) for i, t in said if t.strip() != ""]
            depth, words = said[0] if said else (0, "")
            lines.append(line(str(depth), escape(words)))
            if said:
                last = len(lines)
        text += "".join(lines[:last])
    return digest(text)


def tables():
    found = {}
    for sheet in BOOK.worksheets:
        if is_rules(sheet.title) or folded(sheet.title).startswith("allot "):
            continue
        if sheet.tables:
            for table in sheet.tables.values():
                found[table.displayName] = [list(row) for row in sheet[table.ref]]
        elif sheet.max_row > 0:
            found[sheet.title] = [list(row) for row in sheet.iter_rows()]
    return found


def table_digest(name, rows):
    headed = [i for i, cell in enumerate(rows[0]) if cell.value is not None and str(cell.value).strip() != ""]
    headings = [escape(str(rows[0][i].value).strip()) for i in headed]
    lines = []
    for row in rows[1:]:
        fields = [field(row[i]) for i in headed]
        if any(one != "-" for one in fields):
            lines.append(line(*fields))
    return digest(line("allot-table-1", escape(name)) + line(*headings) + in_order(lines))


def names_digest(names):
    lines = []
    for name in names:
        sheet, cell = list(BOOK.defined_names[name].destinations)[0]
        lines.append(line(escape(name), field(BOOK[sheet][cell.replace("$", "")])))
    return digest(line("allot-names-1") + in_order(lines))


def ledger():
    cells = [[cell.value for cell in row] for row in BOOK["Allot Ledger"].iter_rows()]
    return [
        {heading: "" if value is None else str(value) for heading, value in zip(cells[0], row)} for row in cells[1:]
    ]


def row_digest(row):
    return digest(line("allot-ledger-1") + "".join(line(heading, escape(row[heading])) for heading in LEDGER))


def record_text(run):
    with zipfile.ZipFile(PATH) as parts:
        for name in parts.namelist():
            if not re.match(r"customXml/item\d*\.xml$", name):
                continue
            root = ElementTree.fromstring(parts.read(name))
            if root.tag == "{urn:allot:record-%s}allot" % run:
                return zlib.decompress(base64.b64decode(root.text)).decode("utf-8")
    return None


def results_digest(record):
    lines = []
    for sheet in record["sheets"]:
        if sheet["kind"] == "statements":
            continue
        rows = list(zip(*sheet["columns"]))
        if sheet["kind"] == "scalars":
            lines += [line("S", name[2:], value) for name, value in rows[1:]]
        elif sheet["kind"] == "shares":
            lines += [line("P", row[0][2:], row[1][2:], *row[2:7]) for row in rows]
        else:
            for row in rows:
                for heading, value in zip(sheet["headings"][1:], row[1:]):
                    lines.append(line("C", escape(sheet["table"]), escape(heading), row[0], value))
    return digest(line("allot-results-1", record["asOf"]) + in_order(lines))


def as_number(value):
    return Fraction(0) if value == "-" else Fraction(value[2:])


def exactly(value):
    """A fraction as the canonical form writes it; only those that end are needed here."""
    whole = Decimal(value.numerator) / Decimal(value.denominator)
    assert Fraction(whole) == value
    text = format(whole, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def adjustments_digest(record):
    lines = []
    for sheet in record["sheets"]:
        mark = {"adjustments": "A", "adjustment-totals": "T"}[sheet["kind"]]
        for number, run, period, table, column, *values in zip(*sheet["columns"]):
            assert (number, run, period) == (
                "n:%d" % record["number"], "n:%d" % record["run"], "d:" + record["asOf"]
            )
            lines.append(line(mark, table[2:], column[2:], *values))
    return digest(line("allot-adjustments-1", record["asOf"], str(record["run"])) + in_order(lines))


def paid_amounts(record):
    found = {}
    for sheet in record["sheets"]:
        if sheet["kind"] == "table":
            for heading, values in zip(sheet["headings"][1:], sheet["columns"][1:]):
                for key, value in zip(sheet["columns"][0], values):
                    found[sheet["table"], heading, key] = value
    return found


def check_adjustments(records):
    """Each adjustment is what is due now, less what was paid and what was given before; each total is their sum."""
    given = {}
    for record in records:
        if "run" not in record:
            continue
        paid = paid_amounts(next(one for one in records if one["number"] == record["run"]))
        sums = {}
        for sheet in record["sheets"]:
            for _, run, _, table, column, *values in zip(*sheet["columns"]):
                name = (unescape(table[2:]), unescape(column[2:]))
                if sheet["kind"] == "adjustments":
                    key, was, earlier, now, amount = values
                    where = (run, *name, key)
                    assert paid.get((*name, key), "-") == was, where
                    assert given.get(where, Fraction(0)) == as_number(earlier), where
                    assert as_number(now) - as_number(was) - as_number(earlier) == as_number(amount), where
                    given[where] = given.get(where, Fraction(0)) + as_number(amount)
                    sums[name] = sums.get(name, Fraction(0)) + as_number(amount)
                else:
                    count, total, was, earlier, now, more = values[:6]
                    assert as_number(total) == sums.get(name, Fraction(0)), name
                    assert more == "-" or as_number(now) - as_number(was) - as_number(earlier) == as_number(more)


def totals(record):
    sheet = next(one for one in record["sheets"] if one["kind"] == "adjustment-totals")
    found = {}
    for _, _, _, _, column, *values in zip(*sheet["columns"]):
        if values[5] != "-":
            found[column[2:]] = found.get(column[2:], Fraction(0)) + as_number(values[5])
    return " ".join("%s=%s" % (name, exactly(value)) for name, value in found.items())


rows = ledger()
kept = [row for row in rows if row["Event"] in ("paid", "adjusted")]
texts = [record_text(row["Number"]) for row in kept]
records = [json.loads(text) for text in texts]
check_adjustments(records)
every = tables()


def input_digests(row, names):
    found = {}
    for part in re.finditer(r"(\S.*?)=([0-9a-f]{64})(?= |$)", row["Inputs"]):
        name = part.group(1)
        if name == ":names":
            found[name] = names_digest([one for one, _ in names])
        else:
            found[name] = table_digest(name, every[name])
    return found


refreshed = [row for row in rows if row["Event"] == "refreshed"]
print(
    json.dumps(
        {
            "rows": [row_digest(row) for row in rows],
            "rules": rules_digest(),
            "inputs": input_digests(kept[-1], records[-1]["names"]) if kept else {},
            **({"refreshed": input_digests(refreshed[-1], [])} if refreshed else {}),
            "records": [digest(text) for text in texts],
            "results": [adjustments_digest(one) if "run" in one else results_digest(one) for one in records],
            "adjusted": [totals(one) for one in records if "run" in one],
        }
    )
)
