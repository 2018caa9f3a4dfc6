"""The user's module as SageMaker's scikit-learn image calls it."""

import encoders
from encoders import UnsupportedFormat

STEPS = ("input_fn", "predict_fn", "output_fn")


class Model:
    def __init__(self, module, folder):
        if not hasattr(module, "model_fn"):
            raise NotImplementedError("Please provide a model_fn implementation.")
        own = [step for step in STEPS if hasattr(module, step)]
        self.transform_fn = getattr(module, "transform_fn", None)
        if self.transform_fn and own:
            raise ValueError(f"Cannot use transform_fn implementation with {', '.join(own)}")
        self.input_fn = getattr(module, "input_fn", encoders.decode)
        self.predict_fn = getattr(module, "predict_fn", lambda data, model: model.predict(data))
        self.output_fn = getattr(module, "output_fn", encoders.encode)
        self.model = module.model_fn(folder)

    def transform(self, body, content_type, accept):
        """A request's body to (body, content type). JSON and CSV reach the user's code as text, all else as bytes."""
        if content_type.split(";")[0].strip() in encoders.TEXT:
            body = body.decode("utf-8")
        if self.transform_fn:
            answer = self.transform_fn(self.model, body, content_type, accept)
        else:
            data = supported(415, self.input_fn, body, content_type)
            answer = supported(406, self.output_fn, self.predict_fn(data, self.model), accept)
        return answer if isinstance(answer, tuple) else (answer, accept)


def supported(status, step, *given):
    try:
        return step(*given)
    except UnsupportedFormat as error:
        error.status = status
        raise
