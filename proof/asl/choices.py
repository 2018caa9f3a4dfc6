"""Every comparison of a Choice state that was recorded on AWS, asked of a Step Functions endpoint."""

import json
import time
import uuid
from concurrent.futures import ThreadPoolExecutor


def is_redacted(case: dict) -> bool:
    """Recordings say "date" for a point in time; only comparisons of two of them cannot be asked again."""
    return case["op"].startswith("Timestamp") and case["input"]["Variable"] == case["input"]["Value"] == "date"


def definition_of(case: dict) -> str:
    value = "$.Value" if case["op"].endswith("Path") else case["input"]["Value"]
    result = {name: {"Type": "Pass", "Result": {"TestResult.$": name}, "End": True} for name in ("ConditionTrue", "ConditionFalse")}
    rule = {"Variable": "$.Variable", case["op"]: value, "Next": "ConditionTrue"}
    ask = {"Type": "Choice", "Choices": [rule], "Default": "ConditionFalse"}
    return json.dumps({"StartAt": "Ask", "States": {"Ask": ask, **result}})


def score(sfn, role: str, cases: list[dict]) -> tuple[int, int]:
    """How many comparisons came out as on AWS, of how many whose recording is not redacted."""

    def is_right(case: dict) -> bool:
        machine = sfn.create_state_machine(name=f"c{uuid.uuid4().hex}", definition=definition_of(case), roleArn=role)
        arn = machine["stateMachineArn"]
        execution = sfn.start_execution(stateMachineArn=arn, input=json.dumps(case["input"]))["executionArn"]
        while (ended := sfn.describe_execution(executionArn=execution))["status"] == "RUNNING":
            time.sleep(0.01)
        sfn.delete_state_machine(stateMachineArn=arn)
        return json.loads(ended.get("output", "null")) == case["output"]

    fair = [case for case in cases if not is_redacted(case)]
    with ThreadPoolExecutor(4) as pool:
        return sum(pool.map(is_right, fair)), len(fair)
