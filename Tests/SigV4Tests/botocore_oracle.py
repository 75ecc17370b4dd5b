"""Signs the requests given as JSON on standard input with botocore, at a fixed time, and prints the Authorization headers."""
import datetime
import json
import sys

from botocore import auth, awsrequest, credentials

MOMENT = datetime.datetime(2026, 3, 10, 10, 11, 12, tzinfo=datetime.timezone.utc)


class Frozen(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return MOMENT

    @classmethod
    def utcnow(cls):
        return MOMENT.replace(tzinfo=None)


auth.get_current_datetime = lambda remove_tzinfo=True: MOMENT.replace(tzinfo=None) if remove_tzinfo else MOMENT
auth.datetime = type("frozen", (), {"datetime": Frozen, "timezone": datetime.timezone})
answers = []
for case in json.load(sys.stdin):
    key = credentials.Credentials("AKID", "secret/+=", case.get("token"))
    signer = (auth.S3SigV4Auth if case["service"] == "s3" else auth.SigV4Auth)(key, case["service"], case["region"])
    request = awsrequest.AWSRequest(
        method=case["method"], url=case["url"], data=case["body"].encode(), headers=dict(case["headers"])
    )
    signer.add_auth(request)
    answers.append(request.headers["Authorization"])
json.dump(answers, sys.stdout)
