"""Loads a folder of DAG files as Airflow does, and tells as JSON what came of it: DAGs, errors, warnings, pods.

Usage: inspect_dags.py FOLDER
"""

from __future__ import annotations

import json
import logging
import sys
import warnings
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any

logging.disable(logging.CRITICAL)
folder = sys.argv[1]
sys.path.insert(0, folder)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import airflow
    import airflow.providers.cncf.kubernetes.operators.pod as pod_module
    from kubernetes.client import ApiClient

    try:
        from airflow.dag_processing.dagbag import DagBag
    except ImportError:  # Airflow 2.11
        from airflow.models.dagbag import DagBag
    try:
        from airflow.serialization.serialized_objects import DagSerialization as Serialization
    except ImportError:
        from airflow.serialization.serialized_objects import SerializedDAG as Serialization

moment = datetime(2026, 3, 1, tzinfo=timezone.utc)
hook = SimpleNamespace(
    is_in_cluster=True,
    get_namespace=lambda: None,
    get_xcom_sidecar_container_image=lambda: None,
    get_xcom_sidecar_container_resources=lambda: None,
    get_xcom_sidecar_container_security_context=lambda: None,
)


def context_of(task: Any) -> dict[str, Any]:
    run = SimpleNamespace(
        logical_date=moment, data_interval_start=moment, data_interval_end=moment, run_after=moment
    )
    instance = SimpleNamespace(dag_id=task.dag_id, task_id=task.task_id, map_index=-1, try_number=1)
    variables = SimpleNamespace(value=SimpleNamespace(get=lambda name, default: f"{name}={default}$(HOME)"))
    return {
        "dag": task.dag,
        "dag_run": run,
        "run_id": "manual__2026-03-01",
        "task": task,
        "task_instance": instance,
        "ti": instance,
        "var": variables,
    }


def pod_of(task: Any) -> Any:
    """The pod that the operator would send to the API server."""
    context = context_of(task)
    task.render_template_fields(context)
    type(task).hook = hook
    return ApiClient().sanitize_for_serialization(task.build_pod_request_obj(context))


def fields_of(task: Any) -> dict[str, Any]:
    """What Airflow itself does with the task."""
    group = task.task_group.group_id if task.task_group is not None else None
    told = {
        "id": task.task_id,
        "upstream": sorted(task.upstream_task_ids),
        "triggerRule": str(getattr(task.trigger_rule, "value", task.trigger_rule)),
        "group": group,
        "outlets": [asset.uri for asset in task.outlets],
    }
    if not isinstance(task, pod_module.KubernetesPodOperator):
        return told
    return {
        **told,
        "pool": task.pool,
        "poolSlots": task.pool_slots,
        "retries": task.retries,
        "retryDelaySeconds": task.retry_delay.total_seconds(),
        "executionTimeoutSeconds": task.execution_timeout.total_seconds(),
        "exponentialBackoff": bool(task.retry_exponential_backoff),
        "deferrable": task.deferrable,
        "inCluster": task.in_cluster,
        "onFinishAction": task.on_finish_action.value,
        "alert": bool(task.on_failure_callback),
        "xcom": task.do_xcom_push,
        "pod": pod_of(task),
    }


def serialized() -> tuple[Any, dict[str, Any]]:
    bag = DagBag(folder, include_examples=False) if airflow.__version__ < "3.3" else DagBag(folder)
    return bag, {key: Serialization.to_dict(dag) for key, dag in bag.dags.items()}


bag, first = serialized()
_, second = serialized()
dags = [
    {
        "id": dag.dag_id,
        "file": dag.fileloc,
        "tags": sorted(dag.tags),
        "owner": dag.owner,
        "description": dag.description,
        "timetable": first[dag.dag_id]["dag"].get("timetable"),
        "startDate": dag.start_date.isoformat(),
        "catchup": dag.catchup,
        "maxActiveRuns": dag.max_active_runs,
        "runTimeoutSeconds": dag.dagrun_timeout.total_seconds() if dag.dagrun_timeout else None,
        "paused": dag.is_paused_upon_creation,
        "tasks": [fields_of(task) for task in dag.tasks],
    }
    for dag in bag.dags.values()
]
captured = {path: list(map(str, found)) for path, found in getattr(bag, "captured_warnings", {}).items()}
print(
    json.dumps(
        {
            "version": airflow.__version__,
            "errors": dict(bag.import_errors),
            "warnings": captured,
            "stable": first == second,
            "dags": dags,
        }
    )
)
