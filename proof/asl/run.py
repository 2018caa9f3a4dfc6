"""Replays executions that were recorded on AWS against the local Step Functions, and prints the score.

    python3 proof/asl/run.py

The recordings, and the programs that compare, are read from ../shared/bench/asl; where that is missing, nothing is
measured. boto3 is installed into .hopline/asl. Exit code 0 when every part reaches its bar.
"""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path

here = Path(__file__).resolve().parent
root = here.parent.parent
bench = root.parent / "shared" / "bench" / "asl"
packages = root / ".hopline" / "asl"
node = shutil.which("node", path=f"{root / 'node_modules/.bin'}{os.pathsep}{os.environ['PATH']}")

# Of 230 executions one recording has no end; of 146 Task cases two were recorded before AWS told about redrives.
bars = {"executions": 226, "tasks": 140, "histories": 130, "functions": 156}


def install_boto3() -> None:
    if not (packages / "boto3").exists():
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(packages), "boto3"]
        subprocess.run(install, check=True)
    sys.path.insert(0, str(packages))


@contextmanager
def local_aws(state: Path):
    """The local AWS, a process of its own; yields what it says when it is ready."""
    log = state / "aws.log"
    command = [node, str(root / "local/aws/main.ts"), "--state", str(state / "aws"), "--port", "0"]
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        try:
            line = process.stdout.readline()
            if not line:
                sys.exit(f"the local AWS did not start:\n{log.read_text()}")
            yield json.loads(line)
        finally:
            process.terminate()
            process.wait()


def prepare(client) -> str:
    """What the recorded executions found on AWS: a role, a bucket, a function. Returns the role's ARN."""
    iam = client("iam")
    services = ["lambda.amazonaws.com", "states.amazonaws.com"]
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": services}}
    allowed = {"Effect": "Allow", "Action": ["lambda:*", "logs:*", "s3:*", "sqs:*", "states:*"], "Resource": "*"}
    document = {"Version": "2012-10-17"}
    role = iam.create_role(RoleName="asl", AssumeRolePolicyDocument=json.dumps({**document, "Statement": [trust]}))
    policy = json.dumps({**document, "Statement": [allowed]})
    iam.put_role_policy(RoleName="asl", PolicyName="asl", PolicyDocument=policy)
    client("s3").create_bucket(Bucket="result-bucket")
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("index.js", "exports.handler = async (event) => event")
    arn = role["Role"]["Arn"]
    client("lambda").create_function(
        FunctionName="lambda_func_abcd1234",
        Runtime="nodejs22.x",
        Handler="index.handler",
        Role=arn,
        Code={"ZipFile": code.getvalue()},
    )
    return arn


def compare(program: str, *arguments: str, env: dict[str, str]) -> str:
    command = [sys.executable, str(bench / program), env["AWS_ENDPOINT_URL"], "--verbose", *arguments]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=env).stdout
    print(said, flush=True)
    return said


def count(said: str, pattern: str) -> int:
    found = re.findall(pattern, said, re.MULTILINE)
    return int(found[-1]) if found else 0


def main() -> int:
    if not bench.exists():
        print(f"Nothing is measured: the recordings are not here ({os.path.relpath(bench, root)}).")
        return 77  # not run
    install_boto3()
    import boto3

    import choices

    with tempfile.TemporaryDirectory(prefix="asl-") as folder, local_aws(Path(folder)) as aws:
        env = {
            **os.environ,
            "PYTHONPATH": str(packages),
            "AWS_ENDPOINT_URL": aws["endpoint"],
            "AWS_REGION": aws["region"],
            "AWS_DEFAULT_REGION": aws["region"],
            "AWS_ACCESS_KEY_ID": aws["accessKeyId"],
            "AWS_SECRET_ACCESS_KEY": aws["secretAccessKey"],
        }
        os.environ.update(env)
        role = prepare(boto3.client)
        # The recordings name their role by a word where it has an ARN here, and some times by other words than "date".
        text = (bench / "asl-bench.json").read_text().replace("snf_role_arn", role)
        recorded = Path(folder) / "executions.json"
        recorded.write_text(re.sub(r'"(start|entered)-time"', '"date"', text))
        executions = compare("run.py", "--bench", str(recorded), "--role", role, env=env)
        tasks = compare("run_tasks.py", "--cloudformation", env=env)
        functions = compare("run_tasks.py", "--bench", str(bench / "intrinsics-bench.json"), env=env)
        right, fair = choices.score(boto3.client("stepfunctions"), role, json.loads((bench / "choice-bench.json").read_text()))
    scores = {
        "executions": (count(executions, r"^(\d+) passed"), 230),
        "tasks": (count(tasks, r"^(\d+) passed"), 146),
        "histories": (count(tasks, r"^event types: (\d+) of"), count(tasks, r"^event types: \d+ of (\d+)")),
        "functions": (count(functions, r"^(\d+) passed"), 160),
        "choices": (right, fair),
    }
    for name, (points, of) in scores.items():
        print(f"{name:<12}{points:>4} of {of}, {bars.get(name, of)} are needed")
    wrong = sum("wrong-but-succeeded" in said for said in (executions, tasks, functions))
    if wrong:
        print("some succeeded with a wrong output")
    reached = all(points >= bars.get(name, of) for name, (points, of) in scores.items())
    return 0 if reached and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
