"""Has koku-nise generate a finalized cost and usage report of February 2026 into a folder, and says what it comes to.

Prints JSON: the number of lines, the sum of unblended cost exactly and rounded line by line to ten digits, and the rounded sums by
account and by line item type, with Python's own csv and decimal. koku-nise also uploads to clouds; their clients are not needed
to write files and are stood in for by empty modules.
"""

import csv
import json
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from unittest.mock import MagicMock

for name in ("azure", "azure.core", "azure.core.exceptions", "azure.storage", "azure.storage.blob", "google",
             "google.cloud", "google.cloud.exceptions"):
    sys.modules[name] = MagicMock()

MONTH = "      start_date: 2026-02-01\n      end_date: 2026-03-01\n"
ESTATE = f"""---
generators:
  - EC2Generator:
{MONTH}      resource_id: 55555555
      tags:
        resourceTags/user:note: 'a "quoted", note'
      instance_type:
        {{inst_type: m5.large, vcpu: '2', memory: 8 GiB, storage: EBS Only, family: General Purpose, cost: 0.096,
         rate: 0.096, saving: 0.06}}
  - EC2Generator:
{MONTH}      resource_id: 55555556
      instance_type:
        {{inst_type: c5d.2xlarge, vcpu: '8', memory: 16 GiB, storage: EBS Only, family: Compute Optimized, cost: 0.34,
         rate: 0.34}}
  - EC2Generator:
{MONTH}      resource_id: 55555557
      instance_type:
        {{inst_type: r4.large, vcpu: '2', memory: 15 GiB, storage: EBS Only, family: Memory Optimized, cost: 0.133,
         rate: 0.133, reserved_instance: true}}
  - S3Generator:
{MONTH}  - RDSGenerator:
{MONTH}  - MarketplaceGenerator:
{MONTH}%s
accounts:
  payer: '099999999999'
  user: ['099999999999', '099999999998']
"""


def generate(folder: Path, more: str) -> Path:
    from nise import __main__

    estate = folder / "estate.yml"
    estate.write_text(ESTATE % (f"  - {more}:\n{MONTH}" if more else ""))
    sys.argv = ["nise", "report", "aws", "-s", "2026-02-01", "-e", "2026-03-01", "-w", "--static-report-file",
                str(estate), "--aws-finalize", "overwrite"]
    __main__.main()
    return folder / "February-2026-None.csv"


def sums(report: Path) -> dict:
    by_account, by_type = defaultdict(Decimal), defaultdict(Decimal)
    exact, lines = Decimal(0), 0
    hours, planned = defaultdict(Decimal), [Decimal(0), Decimal(0)]
    with report.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cost = Decimal(row["lineItem/UnblendedCost"])
            rounded = cost.quantize(Decimal("1e-10"), ROUND_HALF_UP)
            exact, lines = exact + cost, lines + 1
            by_account[row["lineItem/UsageAccountId"] or row["bill/PayerAccountId"]] += rounded
            by_type[row["lineItem/LineItemType"]] += rounded
            if row["lineItem/ProductCode"] == "AmazonEC2" and row["lineItem/UsageType"].startswith("BoxUsage"):
                if row["lineItem/LineItemType"] == "Usage":
                    hours[row["lineItem/UsageStartDate"][:13].replace("T", " ")] += Decimal(row["pricing/publicOnDemandCost"])
                if row["lineItem/LineItemType"] == "SavingsPlanCoveredUsage":
                    planned[0] += Decimal(row["pricing/publicOnDemandCost"])
                    planned[1] += Decimal(row["savingsPlan/SavingsPlanEffectiveCost"])
    texts = [{key: format(value, "f") for key, value in table.items()} for table in (by_account, by_type)]
    return {"lines": lines, "exact": format(exact.quantize(Decimal("1e-12")), "f"), "by_account": texts[0], "by_type": texts[1],
            "hours": [format(cost, "f") for _, cost in sorted(hours.items())], "planned": [format(sum, "f") for sum in planned]}


if __name__ == "__main__":
    report = generate(Path.cwd(), sys.argv[1] if len(sys.argv) > 1 else "")
    print("SUMS " + json.dumps(sums(report)))
