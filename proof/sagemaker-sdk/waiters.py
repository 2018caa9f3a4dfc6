"""boto3's own waiters: training jobs, processing jobs, transform jobs, endpoints."""

import os
import tarfile
from pathlib import Path

import boto3
import story

FAST = {"Delay": 1, "MaxAttempts": 120}
sagemaker, s3 = boto3.client("sagemaker"), boto3.client("s3")
role = story.role()
folder = Path(os.environ["PROOF_FOLDER"])


def put(key, path):
    s3.upload_file(str(path), story.BUCKET, key)
    return f"s3://{story.BUCKET}/{key}"


s3.create_bucket(Bucket=story.BUCKET)
with tarfile.open(folder / "code.tar.gz", "w:gz") as archive:
    archive.add(story.CODE / "train.py", "train.py")
code = put("waiters/code.tar.gz", folder / "code.tar.gz")
put("waiters/train/rows.csv", story.rows(folder))


def train(name, program):
    sagemaker.create_training_job(
        TrainingJobName=name,
        RoleArn=role,
        AlgorithmSpecification={"TrainingImage": story.IMAGE, "TrainingInputMode": "File"},
        HyperParameters={"sagemaker_program": program, "sagemaker_submit_directory": code},
        InputDataConfig=[
            {
                "ChannelName": "train",
                "DataSource": {
                    "S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{story.BUCKET}/waiters/train/"}
                },
            }
        ],
        OutputDataConfig={"S3OutputPath": f"s3://{story.BUCKET}/waiters/models"},
        ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 30},
        StoppingCondition={"MaxRuntimeInSeconds": 300},
    )


def transform(name, prefix, processing):
    uri = f"s3://{story.BUCKET}/waiters/{prefix}/"
    sagemaker.create_transform_job(
        TransformJobName=name,
        ModelName="waited",
        BatchStrategy="MultiRecord",
        TransformInput={
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}},
            "ContentType": "text/csv",
            "SplitType": "Line",
        },
        TransformOutput={
            "S3OutputPath": f"s3://{story.BUCKET}/waiters/scored",
            "Accept": "text/csv",
            "AssembleWith": "Line",
        },
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
        DataProcessing=processing,
    )


def waits(waiter, **what):
    sagemaker.get_waiter(waiter).wait(WaiterConfig=FAST, **what)


def refuses(waiter, **what):
    try:
        waits(waiter, **what)
    except Exception as error:
        return story.step(f"{waiter} sees a failure: {type(error).__name__}")
    raise AssertionError(f"{waiter} saw no failure")


train("waited", "train.py")
waits("training_job_completed_or_stopped", TrainingJobName="waited")
story.step("training_job_completed_or_stopped")
train("failed", "absent.py")
refuses("training_job_completed_or_stopped", TrainingJobName="failed")

(folder / "count.py").write_text(
    'import pandas\n'
    'rows = pandas.read_csv("/opt/ml/processing/rows/rows.csv")\n'
    'open("/opt/ml/processing/out/count.txt", "w").write(str(len(rows)))\n'
)
put("waiters/count/count.py", folder / "count.py")
local = "/opt/ml/processing"


def between(name, key):
    return {"S3Uri": f"s3://{story.BUCKET}/waiters/{key}", "LocalPath": f"{local}/{name}"}


sagemaker.create_processing_job(
    ProcessingJobName="counted",
    RoleArn=role,
    AppSpecification={"ImageUri": story.IMAGE, "ContainerEntrypoint": ["python3", f"{local}/code/count.py"]},
    ProcessingInputs=[
        {"InputName": name, "S3Input": {**between(name, key), "S3DataType": "S3Prefix", "S3InputMode": "File"}}
        for name, key in [("code", "count/"), ("rows", "train/")]
    ],
    ProcessingOutputConfig={
        "Outputs": [{"OutputName": "out", "S3Output": {**between("out", "counted"), "S3UploadMode": "EndOfJob"}}]
    },
    ProcessingResources={"ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 20}},
)
waits("processing_job_completed_or_stopped", ProcessingJobName="counted")
counted = s3.get_object(Bucket=story.BUCKET, Key="waiters/counted/count.txt")["Body"].read().decode()
assert counted == "100", counted
story.step("processing_job_completed_or_stopped")

model = sagemaker.describe_training_job(TrainingJobName="waited")["ModelArtifacts"]["S3ModelArtifacts"]
variables = {"SAGEMAKER_PROGRAM": "train.py", "SAGEMAKER_SUBMIT_DIRECTORY": code}
sagemaker.create_model(
    ModelName="waited",
    ExecutionRoleArn=role,
    PrimaryContainer={"Image": story.IMAGE, "ModelDataUrl": model, "Environment": variables},
)
put("waiters/score/rows.csv", folder / "rows.csv")
transform("waited", "score", {"InputFilter": "$[0,1]"})
refuses("transform_job_completed_or_stopped", TransformJobName="waited")  # a header is no row of numbers

lines = (folder / "rows.csv").read_text().splitlines()[1:]
(folder / "plain.csv").write_text("\n".join(lines))
put("waiters/plain/rows.csv", folder / "plain.csv")
transform("scored", "plain", {"InputFilter": "$[0,1]", "JoinSource": "Input", "OutputFilter": "$[2,3]"})
waits("transform_job_completed_or_stopped", TransformJobName="scored")
scored = s3.get_object(Bucket=story.BUCKET, Key="waiters/scored/rows.csv.out")["Body"].read().decode().split()
right = sum(label == answer for label, answer in (line.split(",") for line in scored))
assert len(scored) == 100 and right > 90, (len(scored), right)
story.step(f"transform_job_completed_or_stopped: {right} of {len(scored)} rows as they are labelled")

sagemaker.create_endpoint_config(
    EndpointConfigName="waited",
    ProductionVariants=[
        {"VariantName": "all", "ModelName": "waited", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}
    ],
)
sagemaker.create_endpoint(EndpointName="waited", EndpointConfigName="waited")
waits("endpoint_in_service", EndpointName="waited")
story.step("endpoint_in_service")
sagemaker.delete_endpoint(EndpointName="waited")
waits("endpoint_deleted", EndpointName="waited")
story.step("endpoint_deleted")
