"""Computes the digest of a delivered CSV again, from src/delivery/README.md alone: python3 recompute_delivery.py FILE.csv RUN AS_OF.

Fields must be those that stand where the mapping says nothing.
"""
import csv
import hashlib
import sys

PATH, RUN, AS_OF = sys.argv[1:]
MARKS = {"amount": "n:", "number": "n:", "as_of": "d:"}


def plain(text):
    """A number without zeros at its end."""
    return text.rstrip("0").rstrip(".") if "." in text else text


with open(PATH, encoding="utf-8-sig", newline="") as file:
    fields, *rows = list(csv.reader(file))

lines = []
for row in rows:
    values = []
    for name, text in zip(fields, row):
        mark = MARKS.get(name, "t:")
        values.append(mark + (plain(text) if mark == "n:" else text.replace("\\", "\\\\")))
    lines.append("\t".join(values) + "\n")
head = "\t".join(["allot-delivery-1", RUN, AS_OF]) + "\n" + "\t".join(fields) + "\n"
text = head + "".join(sorted(lines, key=lambda line: line.encode("utf-8")))
print(hashlib.sha256(text.encode("utf-8")).hexdigest())
