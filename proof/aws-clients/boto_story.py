"""What programs do with boto3, its waiters and its transfers among it."""

import io
import json
import os
import urllib.request
import zipfile

import boto3
from botocore.exceptions import ClientError

here = os.path.dirname(os.path.abspath(__file__))


def part(name):
    print(f"  boto3 {name}", flush=True)


def refused(code, call, **request):
    try:
        call(**request)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return error.response["Error"]["Message"]
    raise AssertionError(f"{code} was expected")


part("s3: transfers, waiters, versions, presigned URLs")
s3 = boto3.client("s3")
s3.create_bucket(Bucket="boto-code")
s3.get_waiter("bucket_exists").wait(Bucket="boto-code")
body = os.urandom(17 * 1024 * 1024)
s3.upload_fileobj(io.BytesIO(body), "boto-code", "big", ExtraArgs={"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "alias/data"})
s3.get_waiter("object_exists").wait(Bucket="boto-code", Key="big")
assert s3.head_object(Bucket="boto-code", Key="big")["SSEKMSKeyId"] == "alias/data"
assert s3.get_object(Bucket="boto-code", Key="big", Range="bytes=5-9")["Body"].read() == body[5:10]
back = io.BytesIO()
s3.download_fileobj("boto-code", "big", back)
assert back.getvalue() == body
s3.copy({"Bucket": "boto-code", "Key": "big"}, "boto-code", "copy")
s3.put_bucket_versioning(Bucket="boto-code", VersioningConfiguration={"Status": "Enabled"})
first = s3.put_object(Bucket="boto-code", Key="k", Body=b"1")["VersionId"]
s3.put_object(Bucket="boto-code", Key="k", Body=b"2")
assert s3.get_object(Bucket="boto-code", Key="k", VersionId=first)["Body"].read() == b"1"
refused("PreconditionFailed", s3.put_object, Bucket="boto-code", Key="k", Body=b"3", IfNoneMatch="*")
signed = boto3.client("s3", config=boto3.session.Config(signature_version="s3v4"))
url = signed.generate_presigned_url("get_object", Params={"Bucket": "boto-code", "Key": "k"}, ExpiresIn=60)
assert urllib.request.urlopen(url).read() == b"2"
keys = [each["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket="boto-code", PaginationConfig={"PageSize": 1}) for each in page["Contents"]]
assert keys == ["big", "copy", "k"]

part("cloudformation: change sets and waiters")
bundle = io.BytesIO()
with zipfile.ZipFile(bundle, "w") as package:
    package.write(os.path.join(here, "greeter.js"), "index.js")
s3.put_object(Bucket="boto-code", Key="greeter.zip", Body=bundle.getvalue())
stacks = boto3.client("cloudformation")
with open(os.path.join(here, "template.yaml")) as file:
    template = file.read()
parameters = [{"ParameterKey": "CodeBucket", "ParameterValue": "boto-code"}]
request = {"StackName": "boto", "TemplateBody": template, "Capabilities": ["CAPABILITY_IAM"], "Parameters": parameters}
stacks.create_change_set(**request, ChangeSetName="first", ChangeSetType="CREATE")
stacks.get_waiter("change_set_create_complete").wait(StackName="boto", ChangeSetName="first", WaiterConfig={"Delay": 1})
stacks.execute_change_set(StackName="boto", ChangeSetName="first")
stacks.get_waiter("stack_create_complete").wait(StackName="boto", WaiterConfig={"Delay": 1})
stacks.update_stack(**{**request, "Parameters": [*parameters, {"ParameterKey": "Greeting", "ParameterValue": "salut"}]})
stacks.get_waiter("stack_update_complete").wait(StackName="boto", WaiterConfig={"Delay": 1})
assert refused("ValidationError", stacks.update_stack, StackName="boto", UsePreviousTemplate=True, Capabilities=["CAPABILITY_IAM"], Parameters=[{"ParameterKey": name, "UsePreviousValue": True} for name in ["CodeBucket", "Greeting"]]) == "No updates are to be performed."
outputs = {each["OutputKey"]: each["OutputValue"] for each in stacks.describe_stacks(StackName="boto")["Stacks"][0]["Outputs"]}

part("lambda: waiters, versions, asynchronous calls, refusals")
functions = boto3.client("lambda")
name = outputs["Function"]
functions.get_waiter("function_active_v2").wait(FunctionName=name)
reply = functions.invoke(FunctionName=name, Payload=json.dumps({"name": "Ada"}), LogType="Tail")
assert json.load(reply["Payload"]) == {"greeting": "salut, Ada"}
functions.update_function_configuration(FunctionName=name, MemorySize=256)
functions.get_waiter("function_updated_v2").wait(FunctionName=name)
assert functions.publish_version(FunctionName=name)["Version"] == "1"
assert functions.invoke(FunctionName=name, InvocationType="Event", Payload=b"{}")["StatusCode"] == 202
functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
throttled = boto3.client("lambda", config=boto3.session.Config(retries={"max_attempts": 0}))
refused("TooManyRequestsException", throttled.invoke, FunctionName=name)
functions.delete_function_concurrency(FunctionName=name)
refused("ResourceNotFoundException", functions.get_function, FunctionName="absent")
refused("InvalidRequestContentException", functions.invoke, FunctionName=name, Payload=b"{")

part("kinesis, sqs, sns, events")
kinesis = boto3.client("kinesis")
kinesis.create_stream(StreamName="boto-stream", ShardCount=2)
kinesis.get_waiter("stream_exists").wait(StreamName="boto-stream", WaiterConfig={"Delay": 1})
put = kinesis.put_records(StreamName="boto-stream", Records=[{"Data": b"x", "PartitionKey": str(key)} for key in range(20)])
assert put["FailedRecordCount"] == 0 and {each["ShardId"][-1] for each in put["Records"]} == {"0", "1"}
kinesis.delete_stream(StreamName="boto-stream")
kinesis.get_waiter("stream_not_exists").wait(StreamName="boto-stream", WaiterConfig={"Delay": 1})
queues = boto3.client("sqs")
queue = queues.create_queue(QueueName="boto.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"})["QueueUrl"]
for text in ["a", "b", "a"]:
    queues.send_message(QueueUrl=queue, MessageBody=text, MessageGroupId="g")
assert [each["Body"] for each in queues.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]] == ["a", "b"]
refused("AWS.SimpleQueueService.NonExistentQueue", queues.get_queue_url, QueueName="absent")
topics = boto3.client("sns")
topic = topics.create_topic(Name="boto")["TopicArn"]
assert topics.get_topic_attributes(TopicArn=topic)["Attributes"]["TopicArn"] == topic
refused("NotFound", topics.publish, TopicArn=topic + "x", Message="x")
events = boto3.client("events")
assert events.put_events(Entries=[{"Source": "boto", "DetailType": "t", "Detail": "{}"}])["FailedEntryCount"] == 0
assert events.test_event_pattern(EventPattern='{"source":["a"]}', Event=json.dumps({"id": "1", "account": "1", "source": "a", "time": "2026-01-01T00:00:00Z", "region": "us-east-1", "resources": [], "detail-type": "t", "detail": {}}))["Result"]

part("logs, secretsmanager, apigatewayv2, glue, emr-serverless")
logs = boto3.client("logs")
assert [group["logGroupName"] for page in logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix="/aws/lambda/" + name) for group in page["logGroups"]]
secrets = boto3.client("secretsmanager")
secrets.create_secret(Name="boto", SecretBinary=b"\x00\x01")
assert secrets.get_secret_value(SecretId="boto")["SecretBinary"] == b"\x00\x01"
pending = secrets.put_secret_value(SecretId="boto", SecretString="next", VersionStages=["AWSPENDING"])["VersionId"]
current = secrets.get_secret_value(SecretId="boto")["VersionId"]
stage = {"SecretId": "boto", "VersionStage": "AWSCURRENT", "MoveToVersionId": pending}
refused("InvalidParameterException", secrets.update_secret_version_stage, **stage)
secrets.update_secret_version_stage(**stage, RemoveFromVersionId=current)
assert secrets.get_secret_value(SecretId="boto")["SecretString"] == "next"
assert secrets.get_secret_value(SecretId="boto", VersionStage="AWSPREVIOUS")["VersionId"] == current
secrets.delete_secret(SecretId="boto")
refused("InvalidRequestException", secrets.get_secret_value, SecretId="boto")
secrets.restore_secret(SecretId="boto")
apis = boto3.client("apigatewayv2")
api = apis.create_api(Name="boto", ProtocolType="HTTP")["ApiId"]
jwt = {"Audience": ["a"], "Issuer": "https://issuer.example"}
authorizer = apis.create_authorizer(ApiId=api, Name="people", AuthorizerType="JWT", IdentitySource=["$request.header.Authorization"], JwtConfiguration=jwt)
assert apis.get_authorizers(ApiId=api)["Items"][0]["AuthorizerId"] == authorizer["AuthorizerId"]
apis.delete_api(ApiId=api)
refused("EntityNotFoundException", boto3.client("glue").start_job_run, JobName="absent")
refused("ResourceNotFoundException", boto3.client("emr-serverless").get_application, applicationId="absent")

stacks.delete_stack(StackName="boto")
stacks.get_waiter("stack_delete_complete").wait(StackName="boto", WaiterConfig={"Delay": 1})
