"""What people do with the AWS CLI, each command a process of its own."""

import json
import os
import re
import subprocess
import sys
import time
import zipfile

folder, endpoint = sys.argv[1:3]
here = os.path.dirname(os.path.abspath(__file__))
commands = 0
with zipfile.ZipFile(os.path.join(folder, "greeter.zip"), "w") as bundle:
    bundle.write(os.path.join(here, "greeter.js"), "index.js")


def run(*args, fails=None):
    global commands
    commands += 1
    command = [sys.executable, "-m", "awscli", "--endpoint-url", endpoint, *args]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    if fails is None:
        assert done.returncode == 0, f"aws {' '.join(args)}\n{done.stdout}{done.stderr}"
    else:
        assert done.returncode != 0, f"aws {' '.join(args)} should have failed"
        assert re.search(fails, done.stderr), f"{fails} is not in {done.stderr}"
    return done.stdout


def ask(*args):
    text = run(*args, "--output", "json")
    return json.loads(text) if text.strip() else None


def until(look, wanted):
    for _ in range(60):
        found = look()
        if wanted(found):
            return found
        time.sleep(0.5)
    raise AssertionError(f"still {found}")


def part(name):
    print(f"  aws {name}", flush=True)


part("sts, s3")
assert ask("sts", "get-caller-identity")["Arn"].endswith(":root")
run("s3", "mb", "s3://cli-code")
with open(os.path.join(folder, "big.bin"), "wb") as file:
    file.write(os.urandom(20 * 1024 * 1024))  # the CLI takes it apart
run("s3", "cp", "big.bin", "s3://cli-code/data/big.bin")
run("s3", "cp", "s3://cli-code/data/big.bin", "back.bin")
with open(os.path.join(folder, "big.bin"), "rb") as a, open(os.path.join(folder, "back.bin"), "rb") as b:
    assert a.read() == b.read()
run("s3", "cp", "s3://cli-code/data/big.bin", "s3://cli-code/copies/big.bin")
os.makedirs(os.path.join(folder, "tree", "deep"), exist_ok=True)
for name in ["a.txt", "deep/b c.txt"]:
    with open(os.path.join(folder, "tree", name), "w") as file:
        file.write(name)
run("s3", "sync", "tree", "s3://cli-code/tree")
assert "deep/b c.txt" in run("s3", "ls", "--recursive", "s3://cli-code/tree/")
assert run("s3", "sync", "tree", "s3://cli-code/tree") == ""
assert "http" in run("s3", "presign", "s3://cli-code/tree/a.txt")
run("s3api", "put-object", "--bucket", "cli-code", "--key", "once", "--body", "tree/a.txt", "--if-none-match", "*")
run("s3api", "put-object", "--bucket", "cli-code", "--key", "once", "--body", "tree/a.txt", "--if-none-match", "*", fails="PreconditionFailed")
run("s3", "rm", "--recursive", "s3://cli-code/tree")
run("s3", "ls", "s3://no-such-bucket", fails="NoSuchBucket")

part("cloudformation")
run("s3", "cp", "greeter.zip", "s3://cli-code/greeter.zip")
deploy = ["cloudformation", "deploy", "--stack-name", "cli", "--template-file", os.path.join(here, "template.yaml"), "--capabilities", "CAPABILITY_IAM", "--parameter-overrides", "CodeBucket=cli-code"]
assert "Successfully created/updated stack" in run(*deploy)
time.sleep(1)  # the CLI names a change set by the second
assert "No changes to deploy" in run(*deploy, "--no-fail-on-empty-changeset")
time.sleep(1)
run(*deploy, "Greeting=good-day")
stack = ask("cloudformation", "describe-stacks", "--stack-name", "cli")["Stacks"][0]
assert stack["StackStatus"] == "UPDATE_COMPLETE"
outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
kinds = {each["ResourceType"] for each in ask("cloudformation", "list-stack-resources", "--stack-name", "cli")["StackResourceSummaries"]}
assert "AWS::Lambda::EventSourceMapping" in kinds
assert ask("cloudformation", "describe-stack-events", "--stack-name", "cli")["StackEvents"]
run("cloudformation", "validate-template", "--template-body", '{"Resources":{"A":{"Type":"AWS::No::Such"}}}', fails="ValidationError.*AWS::No::Such")

part("lambda, logs")
function = outputs["Function"]
invoked = ask("lambda", "invoke", "--function-name", function, "--payload", '{"name":"Ada"}', "answer.json")
assert invoked["StatusCode"] == 200
with open(os.path.join(folder, "answer.json")) as file:
    assert json.load(file) == {"greeting": "good-day, Ada"}
failed = ask("lambda", "invoke", "--function-name", function, "--payload", '{"fail":true}', "answer.json")
assert failed["FunctionError"] == "Unhandled"
with open(os.path.join(folder, "answer.json")) as file:
    assert json.load(file)["errorType"] == "RangeError"
group = f"/aws/lambda/{function}"
found = until(lambda: ask("logs", "filter-log-events", "--log-group-name", group, "--filter-pattern", "Ada")["events"], len)
assert "good-day Ada" in found[0]["message"]
assert ask("logs", "describe-log-streams", "--log-group-name", group)["logStreams"]
assert len(ask("lambda", "list-event-source-mappings", "--function-name", function)["EventSourceMappings"]) == 2

part("sqs, kinesis")
run("sqs", "send-message", "--queue-url", outputs["LettersUrl"], "--message-body", "a-letter")
run("kinesis", "put-record", "--stream-name", outputs["Stream"], "--partition-key", "k", "--data", "an-event")
for text in ["a-letter", "an-event"]:
    until(lambda: ask("logs", "filter-log-events", "--log-group-name", group, "--filter-pattern", f'"{text}"')["events"], len)
iterator = ask("kinesis", "get-shard-iterator", "--stream-name", outputs["Stream"], "--shard-id", "shardId-000000000000", "--shard-iterator-type", "TRIM_HORIZON")["ShardIterator"]
assert len(ask("kinesis", "get-records", "--shard-iterator", iterator)["Records"]) == 1
assert ask("kinesis", "describe-stream-summary", "--stream-name", outputs["Stream"])["StreamDescriptionSummary"]["StreamStatus"] == "ACTIVE"

part("events, sns, secretsmanager")
run("events", "put-rule", "--name", "cli", "--event-pattern", '{"source":["cli"]}')
target = ask("lambda", "get-function", "--function-name", function)["Configuration"]["FunctionArn"]
run("events", "put-targets", "--rule", "cli", "--targets", f"Id=f,Arn={target}")
assert ask("events", "list-targets-by-rule", "--rule", "cli")["Targets"][0]["Arn"] == target
run("sns", "publish", "--topic-arn", outputs["Topic"], "--message", "hello")
secret = ask("secretsmanager", "create-secret", "--name", "cli", "--secret-string", "one")["ARN"]
run("secretsmanager", "put-secret-value", "--secret-id", "cli", "--secret-string", "two")
assert ask("secretsmanager", "get-secret-value", "--secret-id", secret)["SecretString"] == "two"
assert ask("secretsmanager", "get-secret-value", "--secret-id", secret, "--version-stage", "AWSPREVIOUS")["SecretString"] == "one"
run("secretsmanager", "get-secret-value", "--secret-id", "absent", fails="ResourceNotFoundException")

part("apigatewayv2, ecr, glue, emr-serverless")
api = ask("apigatewayv2", "create-api", "--name", "cli", "--protocol-type", "HTTP")
assert api["ApiEndpoint"].startswith("http")
run("apigatewayv2", "delete-api", "--api-id", api["ApiId"])
run("ecr", "describe-repositories", "--repository-names", "none", fails="RepositoryNotFoundException")
run("glue", "get-job", "--job-name", "none", fails="EntityNotFoundException")
application = ask("emr-serverless", "create-application", "--name", "cli", "--release-label", "emr-7.5.0", "--type", "SPARK")["applicationId"]
run("emr-serverless", "delete-application", "--application-id", application)

run("cloudformation", "delete-stack", "--stack-name", "cli")
until(lambda: ask("cloudformation", "list-stacks", "--stack-status-filter", "DELETE_COMPLETE")["StackSummaries"], len)
print(f"  {commands} commands")
