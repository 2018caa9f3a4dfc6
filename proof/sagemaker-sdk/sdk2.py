"""SageMaker Python SDK 2: an estimator trains, deploys, predicts, deletes."""

import os

import story

story.quiet()

import numpy
import sagemaker
from sagemaker.sklearn import SKLearn

session = sagemaker.Session(default_bucket=story.BUCKET)
data = session.upload_data(str(story.rows(os.environ["PROOF_FOLDER"])), key_prefix="sdk2/train")
story.step(f"data at {data}")

estimator = SKLearn(
    entry_point="train.py",
    source_dir=str(story.CODE),
    framework_version="1.4-2",
    py_version="py3",
    role=story.role(),
    instance_type="ml.m5.large",
    instance_count=1,
    hyperparameters={"strength": 10.0},
    metric_definitions=[{"Name": "accuracy", "Regex": "accuracy=(.*?);"}],
    base_job_name="sdk2",
    sagemaker_session=session,
)
estimator.fit({"train": os.path.dirname(data) + "/"}, logs="All")
story.step("fit")

described = estimator.latest_training_job.describe()
assert described["TrainingJobStatus"] == "Completed", described
assert described["FinalMetricDataList"][0]["Value"] > 0.9, described

predictor = estimator.deploy(initial_instance_count=1, instance_type="ml.m5.large")
story.step(f"deployed {predictor.endpoint_name}")
answer = predictor.predict(numpy.array([[0.9, -0.9], [-0.9, 0.9]]))
assert list(answer) == [1, 0], answer
story.step(f"predicted {list(answer)}")

predictor.delete_model()
predictor.delete_endpoint()
story.gone(predictor.endpoint_name)
story.step("deleted")
