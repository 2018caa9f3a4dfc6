"""SageMaker Python SDK 3: a ModelTrainer trains, a ModelBuilder builds and deploys, the endpoint answers and is deleted."""

import json
import os

import story

story.quiet()

from sagemaker.core.helper.session_helper import Session
from sagemaker.core.resources import EndpointConfig, Model
from sagemaker.serve.model_builder import ModelBuilder
from sagemaker.train import ModelTrainer
from sagemaker.train.configs import Compute, InputData, OutputDataConfig, SourceCode

session = Session(default_bucket=story.BUCKET)
role = story.role()
folder = story.rows(os.environ["PROOF_FOLDER"]).parent

trainer = ModelTrainer(
    sagemaker_session=session,
    role=role,
    base_job_name="sdk3",
    training_image=story.IMAGE,
    source_code=SourceCode(source_dir=str(story.CODE), entry_script="train.py"),
    compute=Compute(instance_type="ml.m5.large", instance_count=1, volume_size_in_gb=30),
    hyperparameters={"strength": 10.0},
    output_data_config=OutputDataConfig(s3_output_path=f"s3://{story.BUCKET}/sdk3/models"),
)
train = folder / "train"
train.mkdir(exist_ok=True)
(folder / "rows.csv").rename(train / "rows.csv")
trainer.train(input_data_config=[InputData(channel_name="train", data_source=str(train))], logs=True)
job = trainer._latest_training_job
assert job.training_job_status == "Completed", job
story.step(f"trained {job.training_job_name}")

builder = ModelBuilder(
    model=trainer,
    s3_model_data_url=job.model_artifacts.s3_model_artifacts,
    source_code=SourceCode(source_dir=str(story.CODE), entry_script="train.py"),
    image_uri=story.IMAGE,
    role_arn=role,
    sagemaker_session=session,
    instance_type="ml.m5.large",
)
builder.build(model_name="sdk3-model")
story.step("built")
endpoint = builder.deploy(endpoint_name="sdk3-endpoint", initial_instance_count=1, instance_type="ml.m5.large")
story.step("deployed")
answer = endpoint.invoke(
    body=json.dumps([[0.9, -0.9], [-0.9, 0.9]]), content_type="application/json", accept="application/json"
)
predicted = json.loads(answer.body.read())
assert predicted == [1, 0], predicted
story.step(f"invoked: {predicted}")

endpoint.delete()
EndpointConfig.get(endpoint_config_name="sdk3-endpoint").delete()
Model.get(model_name="sdk3-model").delete()
story.gone("sdk3-endpoint")
story.step("deleted")
