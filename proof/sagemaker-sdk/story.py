"""What both SDKs are given: a role, a bucket, a hundred rows, and the ways to say what went wrong."""

import csv
import json
import os
import random
import time
from pathlib import Path

import boto3

IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.4-2-cpu-py3"
CODE = Path(__file__).resolve().parent / "code"
BUCKET = "sagemaker-sdk-proof"


def role():
    """A role that SageMaker may take on and that may do everything here."""
    iam = boto3.client("iam")
    allow = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "sagemaker.amazonaws.com"}}
    document = lambda statement: json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    try:
        arn = iam.create_role(RoleName="sdk", AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    except iam.exceptions.EntityAlreadyExistsException:
        arn = iam.get_role(RoleName="sdk")["Role"]["Arn"]
    iam.put_role_policy(RoleName="sdk", PolicyName="all", PolicyDocument=document(allow))
    return arn


def rows(folder):
    """A file of rows in which the label is whether a is larger than b."""
    draw = random.Random(1)
    path = Path(folder) / "rows.csv"
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["a", "b", "label"])
        for _ in range(100):
            a, b = draw.uniform(-1, 1), draw.uniform(-1, 1)
            lines.writerow([a, b, int(a > b)])
    return path


def step(text):
    print(f"  ✔ {time.perf_counter() - step.since:6.1f} s  {text}", flush=True)


step.since = time.perf_counter()


def gone(endpoint):
    """Neither endpoint nor config nor model is left."""
    sagemaker = boto3.client("sagemaker")
    waiter = sagemaker.get_waiter("endpoint_deleted")
    waiter.wait(EndpointName=endpoint, WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    assert not sagemaker.list_endpoints(NameContains=endpoint)["Endpoints"]
    assert not sagemaker.list_endpoint_configs(NameContains=endpoint)["EndpointConfigs"]


def quiet():
    """No telemetry to AWS: it would leave this machine, whatever the endpoint is. There is no variable for it."""
    path = Path(os.environ["PROOF_FOLDER"]) / "config.yaml"
    path.write_text("SchemaVersion: '1.0'\nSageMaker:\n  PythonSDK:\n    Modules:\n      TelemetryOptOut: true\n")
    os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = str(path)
    os.environ["SAGEMAKER_ADMIN_CONFIG_OVERRIDE"] = str(path)
