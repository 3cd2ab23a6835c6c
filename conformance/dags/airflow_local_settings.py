"""Runs the pods of tasks as processes: their command, arguments and environment, on this machine.

Airflow reads this file by its name in every process. TAPLINE_STAGE is a folder that stands for the root of the pod.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any


def task_policy(task: Any) -> None:
    if task.__class__.__name__ == "PipelinePodOperator":
        # On the class, since it is a copy of the task that is rendered and run.
        type(task).execute = run_as_process


def run_as_process(task: Any, context: Any) -> Any:
    type(task).hook = SimpleNamespace(
        is_in_cluster=True,
        get_namespace=lambda: None,
        get_xcom_sidecar_container_image=lambda: None,
        get_xcom_sidecar_container_resources=lambda: None,
        get_xcom_sidecar_container_security_context=lambda: None,
    )
    pod = task.build_pod_request_obj(context)
    container = pod.spec.containers[0]
    root = Path(os.environ["TAPLINE_STAGE"])
    results = root / pod.metadata.name
    results.mkdir(parents=True)

    def staged(text: str) -> str:
        there = text.replace("/airflow/xcom", str(results)).replace("/run/secrets", str(root / "secrets"))
        # As the kubelet does.
        return there.replace("$$(", "$(")

    done = subprocess.run(
        [staged(word) for word in [*container.command, *(container.args or [])]],
        env={"PATH": os.environ["PATH"], **{variable.name: staged(variable.value) for variable in container.env}},
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout, done.stderr)
    if done.returncode != 0:
        raise RuntimeError(f"the pod ended with {done.returncode}: {done.stderr.strip()}")
    result = results / "return.json"
    return json.loads(result.read_text()) if task.do_xcom_push and result.exists() else None
