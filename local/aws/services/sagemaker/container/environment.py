"""Hyperparameters and channels as SageMaker's training toolkit hands them to a script."""

import json
import os

# Read by the toolkit itself, never passed to the script.
CONSUMED = {
    "sagemaker_program",
    "sagemaker_submit_directory",
    "sagemaker_enable_cloudwatch_metrics",
    "sagemaker_region",
    "sagemaker_container_log_level",
    "sagemaker_job_name",
    "default_user_module_name",
    "_tuning_objective_metric",
    "sagemaker_s3_output",
}


def decode(text):
    """Each value is JSON if it can be read as JSON, else itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def read_config(base):
    def read(name):
        with open(os.path.join(base, "input", "config", name + ".json")) as file:
            return json.load(file)

    decoded = {key: decode(value) for key, value in read("hyperparameters").items()}
    return {
        "hyperparameters": {k: v for k, v in decoded.items() if k not in CONSUMED and not k.startswith("sagemaker_")},
        "framework": {k: v for k, v in decoded.items() if k in CONSUMED},
        "additional": {k: v for k, v in decoded.items() if k.startswith("sagemaker_") and k not in CONSUMED},
        "channels": read("inputdataconfig"),
        "resources": read("resourceconfig"),
    }


def plain(value):
    if value is None:
        return ""
    if hasattr(value, "items"):
        return ",".join(f"{key}={item}" for key, item in sorted(value.items()))
    return str(value)


def arguments(hyperparameters):
    """`--name value` in the order of the names, `-x value` for names of one letter."""
    words = []
    for name in sorted(hyperparameters):
        words += [f"--{name}" if len(name) > 1 else f"-{name}", plain(hyperparameters[name])]
    return words


def as_variable(value):
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def variables(base, config):
    """The SM_* variables, by name."""
    hyperparameters, framework, resources = config["hyperparameters"], config["framework"], config["resources"]
    channels = {name: os.path.join(base, "input", "data", name) for name in sorted(config["channels"])}
    program = framework.get("sagemaker_program", "")
    groups = resources["instance_groups"]
    values = {
        "model_dir": os.path.join(base, "model"),
        "input_dir": os.path.join(base, "input"),
        "input_config_dir": os.path.join(base, "input", "config"),
        "output_dir": os.path.join(base, "output"),
        "output_data_dir": os.path.join(base, "output", "data"),
        "output_intermediate_dir": os.path.join(base, "output", "intermediate"),
        "channels": list(channels),
        "hps": hyperparameters,
        "user_args": arguments(hyperparameters),
        "user_entry_point": program,
        "module_name": program[:-3] if program.endswith(".py") else program,
        "module_dir": framework.get("sagemaker_submit_directory"),
        "framework_module": None,
        "framework_params": config["additional"],
        "job_name": framework.get("sagemaker_job_name"),
        "log_level": framework.get("sagemaker_container_log_level", 20),
        "num_cpus": os.cpu_count(),
        "num_gpus": 0,
        "num_neurons": 0,
        "hosts": resources["hosts"],
        "current_host": resources["current_host"],
        "current_instance_type": resources["current_instance_type"],
        "current_instance_group": resources["current_group_name"],
        "current_instance_group_hosts": resources["hosts"],
        "instance_groups": [group["instance_group_name"] for group in groups],
        "instance_groups_dict": {group["instance_group_name"]: group for group in groups},
        "distribution_instance_groups": [],
        "is_hetero": False,
        "network_interface_name": resources["network_interface_name"],
        "resource_config": resources,
        "input_data_config": config["channels"],
    }
    everything = {
        **values,
        "training_env": values,
        **{f"channel_{name}": folder for name, folder in channels.items()},
        **{f"hp_{name}": value for name, value in hyperparameters.items()},
    }
    return {f"SM_{name.upper()}": as_variable(value) for name, value in everything.items()}
