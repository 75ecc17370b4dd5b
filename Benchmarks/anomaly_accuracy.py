"""Scores `finops-monthly anomalies` on cost-like daily series with planted events, and ±20 % day on day beside it.

The series are made here, from a fixed seed: weekday dips of production and development, autocorrelated noise with heavy
tails, growth, fees on the first of a month, batches at its end, and about two events a year of six kinds. An event is found
when an anomaly overlaps it or the three days after; an anomaly that overlaps none is false. The first eight weeks of each
series are free of events.

    anomaly_accuracy.py BINARY [SERIES]     prints: method precision recall F1 false-alerts-per-series-year
"""
import csv, io, json, math, random, subprocess, sys
from datetime import date, timedelta

DAYS = 420
FIRST = date(2024, 1, 1)
KINDS = ("spike", "drop", "shift", "ramp", "weekend", "subtle")


def noise(rng, sigma, rho):
    """AR(1) with Student-t(6) innovations."""
    value, values = 0.0, []
    for _ in range(DAYS):
        chi = sum(rng.gauss(0, 1) ** 2 for _ in range(6))
        shock = rng.gauss(0, 1) / math.sqrt(chi / 6) / math.sqrt(1.5)
        value = rho * value + math.sqrt(1 - rho * rho) * sigma * shock
        values.append(value)
    return values


def plant(rng, factors, events):
    kind = rng.choices(KINDS, (5, 2, 3, 2, 1, 1))[0]
    start = rng.randrange(60, DAYS - 40)
    if any(abs(start - other[0]) < 50 for other in events):
        return
    if kind == "spike":
        length, change = rng.randint(1, 5), rng.uniform(0.3, 1.5)
    elif kind == "drop":
        length, change = rng.randint(1, 6), -rng.uniform(0.25, 0.7)
    elif kind == "shift":
        length, change = DAYS - start, rng.choice((1, 1, 1, -1)) * rng.uniform(0.2, 0.6)
    elif kind == "ramp":
        length, change = DAYS - start, rng.uniform(0.3, 0.6)
    elif kind == "weekend":
        start += (5 - (FIRST + timedelta(start)).weekday()) % 7
        length, change = 2, rng.uniform(0.35, 0.6)
    else:
        length, change = rng.randint(7, 12), rng.uniform(0.10, 0.18)
    for day in range(start, min(DAYS, start + length)):
        rising = min(1, (day - start + 1) / 28) if kind == "ramp" else 1
        factors[day] *= 1 + change * rising
    # A level that stays is news when it comes.
    end = {"shift": start + 7, "ramp": start + 35}.get(kind, start + length)
    events.append((start, min(end, DAYS), kind))


def series(count):
    rng = random.Random(20260221)
    for number in range(count):
        sort = rng.choices(("prod", "dev", "storage"), (5, 3, 2))[0]
        dip = {"prod": (0, 0.15), "dev": (0.25, 0.60), "storage": (0, 0.02)}[sort]
        sigma = rng.uniform(*{"prod": (0.015, 0.05), "dev": (0.03, 0.09), "storage": (0.004, 0.015)}[sort])
        dip, shocks = rng.uniform(*dip), noise(rng, sigma, rng.uniform(0.2, 0.7))
        growth = rng.gauss(0.012, 0.015) / 30.4
        fee = rng.uniform(0.1, 0.9) if rng.random() < 0.5 else 0
        batch = rng.uniform(0.03, 0.12) if rng.random() < 0.25 else 0
        base, factors, events = 10 ** rng.uniform(2.7, 4), [1.0] * DAYS, []
        while rng.random() < 0.72 and len(events) < 5:
            plant(rng, factors, events)
        amounts = []
        for day in range(DAYS):
            when = FIRST + timedelta(day)
            value = base * math.exp(growth * day + shocks[day]) * factors[day]
            if when.weekday() > 4 and not any(s <= day < e and k == "weekend" for s, e, k in events):
                value *= 1 - dip
            if when.day == 1:
                value += base * fee
            if batch and (when + timedelta(2)).month != when.month:
                value *= 1 + batch
            amounts.append(round(value, 2))
        yield f"s{number:03}", amounts, events


def score(found, truth):
    """`found`: series → [(first, last)], inclusive."""
    hits = kinds = false = 0
    by_kind = {kind: [0, 0] for kind in KINDS}
    for name, _, events in truth:
        intervals = found.get(name, [])
        for start, end, kind in events:
            hit = any(first <= end + 2 and last >= start for first, last in intervals)
            hits += hit
            by_kind[kind][0] += hit
            by_kind[kind][1] += 1
        false += sum(
            not any(first <= end + 2 and last >= start for start, end, _ in events) for first, last in intervals
        )
    events = sum(len(item[2]) for item in truth)
    right = sum(len(found.get(item[0], [])) for item in truth) - false
    precision = right / (right + false) if right + false else 1
    recall = hits / events
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0
    return precision, recall, f1, false / (len(truth) * DAYS / 365), by_kind


def ours(binary, truth):
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["series", "date", "amount"])
    for name, amounts, _ in truth:
        for day, amount in enumerate(amounts):
            rows.writerow([name, FIRST + timedelta(day), amount])
    answer = subprocess.run(
        [binary, "anomalies", "-", "--format", "json"], input=text.getvalue(), capture_output=True, text=True, check=True
    )
    found = {}
    for item in json.loads(answer.stdout)["anomalies"]:
        first, last = (date.fromisoformat(item[key]) for key in ("date", "end_date"))
        found.setdefault(item["series"], []).append(((first - FIRST).days, (last - FIRST).days))
    return found


def day_on_day(truth):
    found = {}
    for name, amounts, _ in truth:
        for day in range(36, DAYS):
            if abs(amounts[day] / amounts[day - 1] - 1) > 0.2:
                found.setdefault(name, []).append((day, day))
    return found


truth = list(series(int(sys.argv[2]) if len(sys.argv) > 2 else 144))
for method, found in (("ours", ours(sys.argv[1], truth)), ("day-on-day", day_on_day(truth))):
    precision, recall, f1, false, by_kind = score(found, truth)
    print(method, "%.2f %.2f %.3f %.1f" % (precision, recall, f1, false))
    recalls = ", ".join(f"{kind} {hit}/{all}" for kind, (hit, all) in by_kind.items())
    print(f"  found by kind: {recalls}", file=sys.stderr)
