"""Default input_fn and output_fn of SageMaker's scikit-learn image: JSON, CSV and NumPy's own formats."""

import io
import json

JSON, CSV, NPY = "application/json", "text/csv", "application/x-npy"
TEXT = (JSON, CSV)


class UnsupportedFormat(Exception):
    status = 415

    def __init__(self, content_type):
        super().__init__(f"Content type {content_type} is not supported by this framework.")


def decode(body, content_type):
    import numpy

    kind = content_type.split(";")[0].strip()
    if kind == JSON:
        return numpy.array(json.loads(body), dtype=numpy.float32)
    if kind == CSV:
        return numpy.genfromtxt(io.StringIO(body), dtype=numpy.float32, delimiter=",")
    if kind == NPY:
        return numpy.load(io.BytesIO(body), allow_pickle=False)
    raise UnsupportedFormat(content_type)


def encode(prediction, accept):
    import numpy

    kind = accept.split(";")[0].strip()
    if kind == JSON:
        return json.dumps(prediction.tolist() if hasattr(prediction, "tolist") else prediction)
    if kind == CSV:
        lines = io.StringIO()
        numpy.savetxt(lines, prediction, delimiter=",", fmt="%s")
        return lines.getvalue()
    if kind == NPY:
        file = io.BytesIO()
        numpy.save(file, prediction)
        return file.getvalue()
    raise UnsupportedFormat(accept)
