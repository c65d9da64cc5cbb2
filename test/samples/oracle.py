#!/usr/bin/env python3
"""What broadcast.xlsx must pay, worked out by a program that shares nothing with ours: its own reader of the
workbook (zipfile, ElementTree), its own arithmetic (fractions), the rules written down once more by hand.

    python3 test/samples/oracle.py samples/broadcast.xlsx > samples/broadcast.expected.json

The result is kept in the repository; the tests compare it with `allot run`. Run this again when the sample's data or
rules change.
"""

import json
import re
import sys
import zipfile
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction as F
from xml.etree import ElementTree

NS = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
MONTH_ENDS = [date(2025, 10, 31), date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]


# ---------------------------------------------------------------- the workbook


def number(text):
    """A cell's number: the decimal at 15 significant digits."""
    return F(Decimal(f'{float(text):.15g}'))


def tables(path):
    book = zipfile.ZipFile(path)
    names = [s.get('name') for s in ElementTree.fromstring(book.read('xl/workbook.xml')).iter(NS + 'sheet')]
    return {name: rows(book, i + 1) for i, name in enumerate(names)}


def rows(book, sheet):
    """Rows by heading; a cell is a text, a Fraction, a bool or None."""
    heads, result = {}, []
    with book.open(f'xl/worksheets/sheet{sheet}.xml') as part:
        for _, row in ElementTree.iterparse(part):
            if row.tag != NS + 'row':
                continue
            cells = {re.match('[A-Z]+', c.get('r')).group(): cell(c) for c in row}
            if row.get('r') == '1':
                heads = cells
            else:
                result.append(defaultdict(lambda: None, {heads[k]: v for k, v in cells.items() if k in heads}))
            row.clear()
    return result


def cell(c):
    if c.get('t') == 'inlineStr':
        return ''.join(t.text or '' for t in c.iter(NS + 't'))
    v = c.find(NS + 'v')
    if v is None:
        return None
    return v.text == '1' if c.get('t') == 'b' else number(v.text)


def moment(serial):
    """A date cell, to the minute (the sample has no seconds)."""
    return None if serial is None else datetime(1899, 12, 30) + timedelta(minutes=round(serial * 1440))


def day(serial):
    return None if serial is None else moment(serial).date()


# ---------------------------------------------------------------- the language


def average(values):
    values = [v for v in values if v is not None]
    return sum(values, F(0)) / len(values) if values else None


def whole(x):
    return x.numerator // x.denominator


def cents(x):
    """To the cent, halves away from zero."""
    n = whole(abs(x) * 100 + F(1, 2))
    return F(n if x >= 0 else -n, 100)


def steps(x, size):
    return max(0, whole(x / size))


def up_to(lines, x):
    return next(value for bound, value in lines if bound is None or x <= bound)


def at_least(lines, x):
    return next(value for bound, value in lines if bound is None or x >= bound)


def hours(start, end):
    d = end - start
    return F(d.days * 86400 + d.seconds, 3600)


def score(*parts):
    known = [(weight, value) for weight, value in parts if value is not None]
    assert sum(weight for weight, _ in parts) == 100 and all(0 <= value <= 100 for _, value in known)
    return sum(F(weight) * value for weight, value in known) / sum(w for w, _ in known) if known else None


def share(pool, members):
    """Largest remainder between floors and caps; members are (key, weight, floor, cap) in yuan. Cents by key."""
    units = whole(cents(pool) * 100)
    result = {key: 0 for key, weight, _, _ in members if weight == 0}
    live = []
    for key, weight, floor, cap in members:
        if weight > 0:
            low = 0 if floor is None else -whole(-floor * 100)
            live.append((key, weight, low, None if cap is None else whole(cap * 100)))
    assert sum(low for _, _, low, _ in live) <= units
    if not live or all(cap is not None for *_, cap in live) and sum(cap for *_, cap in live) <= units:
        result.update({key: cap for key, _, _, cap in live})
        return result
    # who stays at the floor or the cap: try, correct, try again (the level is monotone, so this ends)
    bounds = sorted({F(low) / w for _, w, low, _ in live} | {F(cap) / w for _, w, _, cap in live if cap is not None})
    at = lambda level: sum(clamp(level * w, low, cap) for _, w, low, cap in live)
    below = max((b for b in bounds if at(b) <= units), default=F(0))
    rising = sum(w for _, w, low, cap in live if low <= below * w and (cap is None or below * w < cap))
    level = below + (units - at(below)) / rising if rising else below
    assert at(level) == units
    free = [(key, w) for key, w, low, cap in live if low < level * w and (cap is None or level * w < cap)]
    result.update({key: clamp(level * w, low, cap) for key, w, low, cap in live if (key, w) not in free})
    left = units - sum(result.values())
    quotas = {key: left * w / sum(w for _, w in free) for key, w in free}
    result.update({key: whole(q) for key, q in quotas.items()})
    over = units - sum(result.values())
    for key, q in sorted(quotas.items(), key=lambda item: (whole(item[1]) - item[1], item[0]))[:over]:
        result[key] += 1
    return result


def clamp(x, low, high):
    return max(low, x if high is None else min(x, high))


# ---------------------------------------------------------------- the rules of the sheet


RESPONSE = [(1, 100), (2, 80), (None, 60)]
APPROVAL = [(4, 100), (24, 80), (None, 60)]
LATENESS = [(5, 0), (30, 20), (60, 50), (None, 100)]
EXTRA = [(F(12, 10), 100), (1, 90), (F(8, 10), 75), (None, 60)]
BONUS = [(90, F(12, 10)), (75, F(1)), (None, F(8, 10))]


def by(items, key):
    groups = defaultdict(list)
    for item in items:
        groups[item[key]].append(item)
    return groups


def points(items, start, end, band):
    for item in items:
        item['hours'] = hours(moment(item[start]), moment(item[end])) if item[end] is not None else None
        item['points'] = 60 if item['hours'] is None else up_to(band, item['hours'])


def month(data, as_of):
    first = as_of.replace(day=1)
    campaign = as_of >= date(2026, 1, 1)
    pool_rate = F(15, 100) if campaign else F(12, 100) if as_of >= date(2025, 12, 1) else F(10, 100)
    within = lambda table, column: [r for r in data[table] if first <= day(r[column]) <= as_of]
    departments = {d['Department']: d for d in data['Departments']}
    grades = {g['Grade']: g for g in data['Grades']}
    staff = [s for s in data['Staff'] if day(s['Hired on']) <= as_of and (s['Left on'] is None or day(s['Left on']) >= first)]
    person = {s['Id']: s for s in staff}
    tickets, complaints = within('Tickets', 'Opened'), within('Complaints', 'Received')
    expenses, sales = within('Expenses', 'Submitted'), within('Sales', 'Booked on')
    surveys, attendance = within('Satisfaction', 'Asked on'), within('Attendance', 'Happened on')
    feedback, polls = within('Feedback', 'Rated on'), within('Cooperation', 'Polled on')
    company = next(m['Result'] for m in data['Months'] if day(m['Month end']) == as_of)

    points(tickets, 'Opened', 'Answered', RESPONSE)
    points(expenses, 'Submitted', 'Approved', APPROVAL)
    for t in tickets:
        t['solved'] = 0 if t['Solved at'] is None else 100
    for f in feedback:
        f['score'] = score((40, f['Speed']), (35, f['Quality']), (25, f['Attitude']))
    ticket = {t['Ticket']: t for t in tickets}
    for c in complaints:
        c['engineer'] = None if c['Ticket no'] is None else ticket[c['Ticket no']]['Engineer']
        c['department'] = person[c['Taken by']]['Department']
    of_engineer, of_complaint, taken = by(tickets, 'Engineer'), by(complaints, 'engineer'), by(complaints, 'Taken by')
    approved, rated, sold_by, asked_of = by(expenses, 'Approver'), by(feedback, 'About'), by(sales, 'Seller'), by(surveys, 'Served by')
    late = by(attendance, 'Person')
    members = by(staff, 'Department')

    for s in staff:
        s['side'], s['kind'] = departments[s['Department']]['Side'], departments[s['Department']]['Kind']
        last = min(day(s['Left on']) or as_of, as_of)
        s['employed'] = F((last - max(day(s['Hired on']), first)).days + 1, as_of.day)
        s['base'] = cents(grades[s['Grade']]['Base pay'] * s['employed'])
        s['deductions'] = sum(up_to(LATENESS, a['Minutes']) for a in late[s['Id']])
        s['view'] = average(f['score'] for f in rated[s['Id']]) if s['side'] == 'back' else None
        s['support'] = support(s, campaign, of_engineer[s['Id']], of_complaint[s['Id']], rated[s['Id']], approved[s['Id']])

    team, received, factor = {}, {}, {}
    for name, d in departments.items():
        if d['Side'] == 'back':
            team[name] = average(s['support'] for s in members[name])
    in_department = by(complaints, 'department')
    for name, d in departments.items():
        if d['Side'] == 'front':
            links = [m for m in data['SupportMap'] if m['Front department'] == name]
            assert sum(m['Portion'] for m in links) == 1
            received[name] = sum(m['Portion'] * team[m['Back department']] for m in links)
            resolution = average(F(c['Resolved']) for c in in_department[name])
            factor[name] = 1 + F(8, 100) * steps(resolution - d['Resolution before'], F(5, 100))

    for s in staff:
        d = departments[s['Department']]
        if s['side'] == 'front':
            sold = sum((x['Quantity'] for x in sold_by[s['Id']]), F(0))
            reached = sold / (d['Sales target'] * s['employed'])
            own = own_business(s, d, campaign, sold, reached, sold_by[s['Id']], asked_of[s['Id']], taken[s['Id']])
            s['performance'] = score((50, own), (20, received[s['Department']]), (30, at_least(EXTRA, reached)))
            volume = 5 * max(F(0), min(sold, F(30)) - 20) + 8 * max(F(0), sold - 30)
            commission = sum((x['Commission'] for x in sold_by[s['Id']]), F(0)) + volume
            s['commission'] = cents(commission * factor[s['Department']])
            s['to_pool'] = cents(s['commission'] * pool_rate)
        else:
            s['performance'] = score((40, s['Base function']), (30, s['view']), (30, company))
        s['bonus'] = cents(grades[s['Grade']]['Bonus base'] * at_least(BONUS, s['performance']) * s['employed'])

    pool = sum(s['to_pool'] for s in staff if s['side'] == 'front')
    claims = []
    for name, value in team.items():
        progress = 0 if value is None else steps(value / departments[name]['Support before'] - 1, F(1, 10))
        claims.append((name, 0 if value is None else value * (1 + F(15, 100) * progress) * len(members[name]), None, None))
    to_department = share(pool, claims)
    unshared = F(0)
    for name, units in to_department.items():
        shares = share(
            F(units, 100),
            [(s['Id'], (s['support'] or 0) * s['employed'], 150 * s['employed'], F(1, 10) * s['base']) for s in members[name]],
        )
        for s in members[name]:
            s['reward'] = F(shares[s['Id']], 100)
        unshared += F(units - sum(shares.values()), 100)
    for s in staff:
        s['net_pay'] = s['base'] + s['bonus'] - s['deductions']
        s['net_pay'] += s['commission'] - s['to_pool'] if s['side'] == 'front' else s['reward']
    return summary(data, as_of, staff, person, tickets, complaints, expenses, sales, surveys, polls, team, to_department, pool, unshared)


def support(s, campaign, tickets, complaints, feedback, approvals):
    if s['kind'] == 'engineering':
        five = [t for t in tickets if t['Service'] == '5G']
        common = [
            (20, average(t['points'] for t in tickets)),
            (15, average(t['solved'] for t in tickets)),
            (10, average(f['Contribution'] for f in feedback)),
        ]
        resolved, response = average(t['solved'] for t in five), average(t['points'] for t in five)
        if campaign:
            return score(*common, (30, resolved), (25, response))
        return score(*common, (10, resolved), (15, response), (30, average(0 if c['Repeat'] else 100 for c in complaints)))
    if s['kind'] == 'finance':
        kind = lambda request: average(x['points'] for x in approvals if x['Request'] == request)
        return score((50, kind('reimbursement')), (30, kind('resource transfer')), (20, s['view']))
    return None


def own_business(s, d, campaign, sold, reached, sales, surveys, taken):
    satisfied = average(v['Rating'] for v in surveys)
    target = min(F(100), reached * 100)
    if s['kind'] == 'customer service':
        resolved = average(100 if c['Resolved'] else 0 for c in taken)
        return score((40, resolved), (35, None if sold == 0 else target), (25, satisfied))
    five = sum((x['Quantity'] for x in sales if x['Service'] == '5G'), F(0)) / (d['5G target'] * s['employed'])
    happy = average(v['Rating'] for v in surveys if v['Service'] == '5G')
    weights = (40, 25, 20, 15) if campaign else (20, 15, 40, 25)
    return score(*zip(weights, (min(F(100), five * 100), happy, target, satisfied)))


# ---------------------------------------------------------------- what is kept


def exact(x):
    """As `allot run --json` prints a number: a decimal where it ends, else n/d."""
    x = F(x)
    rest = x.denominator
    for p in (2, 5):
        while rest % p == 0:
            rest //= p
    if rest != 1:
        return f'{x.numerator}/{x.denominator}'
    digits = next(n for n in range(400) if (x * 10**n).denominator == 1)
    text = f'{abs(x.numerator) * 10**digits // x.denominator:0{digits + 1}d}'
    return ('-' if x < 0 else '') + (f'{text[:-digits]}.{text[-digits:]}' if digits else text)


def summary(data, as_of, staff, person, tickets, complaints, expenses, sales, surveys, polls, team, to_department, pool, unshared):
    business = sum(x['Quantity'] for x in sales)
    response, approval = average(t['hours'] for t in tickets), average(x['hours'] for x in expenses)
    customers = [c for c in data['Customers'] if day(c['Joined']) <= as_of]
    penetration = average(F(c['5G since'] is not None and day(c['5G since']) <= as_of) for c in customers)
    slow = lambda items, who, column, limit: sorted(
        value
        for value in {person[x[who]][column] for x in items if x[who] is not None}
        if average(x['hours'] for x in items if x[who] is not None and person[x[who]][column] == value) > limit * F(3, 2)
    )
    total = lambda column: exact(sum((s[column] for s in staff if s[column] is not None), F(0)))
    scalars = {
        'pool': pool,
        'response_hours': response,
        'resolution_rate': average(F(c['Resolved']) for c in complaints),
        'repeat_rate': average(F(c['Repeat']) for c in complaints),
        'business': business,
        'business_growth': business / 31450 - 1,
        'complaint_rate': F(len(complaints)) / business,
        'cooperation_rate': sum(p['Content'] for p in polls) / sum(p['Asked'] for p in polls),
        'customer_satisfaction': average(v['Rating'] for v in surveys) / 100,
        '5G_penetration': penetration,
        '5G_growth': penetration / F(4, 10) - 1,
        'approval_hours': approval,
    }
    return {
        'scalars': {name: exact(value) for name, value in scalars.items()},
        'totals': {c: total(c) for c in ('base', 'bonus', 'commission', 'to_pool', 'reward', 'deductions', 'net_pay')},
        'unshared': exact(unshared),
        'departments': {
            name: {'team_support': None if team[name] is None else exact(team[name]), 'department_reward': exact(F(units, 100))}
            for name, units in to_department.items()
        },
        'posts_that_hold_up': sorted(slow(tickets, 'Engineer', 'Post', response) + slow(expenses, 'Approver', 'Post', approval)),
        'bottlenecks': slow(tickets, 'Engineer', 'Department', response),
        'net_pay': {s['Id']: exact(s['net_pay']) for s in staff[::61]},
        'support': {s['Id']: exact(s['support']) for s in staff[::61] if s['support'] is not None},
    }


if __name__ == '__main__':
    print(json.dumps({m.isoformat(): month(tables_of, m) for tables_of in [tables(sys.argv[1])] for m in MONTH_ENDS}, indent=1))
