"""What focus-validator says of every rule: passed, failed or skipped, as JSON. Arguments: file, criteria ("" or ALL)."""

import json
import os
import sys

import focus_validator
from focus_validator.validator import Validator

path, criteria = os.path.abspath(sys.argv[1]), sys.argv[2]
# It looks for its table of currencies below the working directory.
os.chdir(os.path.dirname(os.path.dirname(focus_validator.__file__)))
results = Validator(
    data_filename=path,
    output_destination=os.devnull,
    output_type="unittest",
    rules_version="1.2",
    rules_block_remote_download=True,
    focus_dataset="CostAndUsage",
    applicability_criteria=criteria or None,
).validate()


def verdict(result):
    if result["details"].get("skipped"):
        return "skipped"
    return "passed" if result["ok"] else "failed"


print(json.dumps({rule: verdict(result) for rule, result in results.by_rule_id.items()}, sort_keys=True, indent=0))
