"""What people write first: ask Cost Explorer about every account of the organisation, one after the other.

    per_account_loop.py FIRST_DAY_BEFORE FIRST_DAY FIRST_DAY_AFTER

Prints the total of the month. Costs by service, this month and the one before, with boto3's default settings.
"""

import sys
from decimal import Decimal

import boto3

first_day_before, first_day, first_day_after = sys.argv[1:]
cost_explorer = boto3.client("ce")


def costs_by_service(account, start, end):
    question = {
        "TimePeriod": {"Start": start, "End": end},
        "Granularity": "MONTHLY",
        "Metrics": ["UnblendedCost"],
        "GroupBy": [{"Type": "DIMENSION", "Key": "SERVICE"}],
        "Filter": {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [account]}},
    }
    costs = {}
    while True:
        page = cost_explorer.get_cost_and_usage(**question)
        for period in page["ResultsByTime"]:
            for group in period["Groups"]:
                costs[group["Keys"][0]] = Decimal(group["Metrics"]["UnblendedCost"]["Amount"])
        if not page.get("NextPageToken"):
            return costs
        question["NextPageToken"] = page["NextPageToken"]


total = Decimal()
for page in boto3.client("organizations").get_paginator("list_accounts").paginate():
    for account in page["Accounts"]:
        costs = costs_by_service(account["Id"], first_day, first_day_after)
        before = costs_by_service(account["Id"], first_day_before, first_day)
        change = sum(costs.values()) - sum(before.values())
        print(f"{account['Id']} {account['Name']}: {sum(costs.values()):.2f} ({change:+.2f})", file=sys.stderr)
        total += sum(costs.values())
print(f"{total:.2f}")
