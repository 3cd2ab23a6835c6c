"""Small documents for the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SIDECAR = {
    "container": {
        "name": "airflow-xcom-sidecar",
        "image": "sidecar:1",
        "command": ["sh"],
        "securityContext": {"allowPrivilegeEscalation": False},
        "volumeMounts": [{"name": "xcom", "mountPath": "/airflow/xcom"}],
    },
    "volume": {"name": "xcom", "emptyDir": {"sizeLimit": "16Mi"}},
}


def a_task(key: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": key,
        "env": {"TAPLINE_TASK_ID": "{{ ti.task_id }}"},
        "dependsOn": [],
        "triggerRule": "all_success",
        "pool": "default_pool",
        "poolSlots": 1,
        "retries": 2,
        "retryDelaySeconds": 300,
        "timeoutSeconds": 3600,
        "xcom": False,
        "last": False,
        "pod": {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": key, "namespace": "jobs", "labels": {"app": "x"}},
            "spec": {
                "containers": [{"name": "main", "image": "x:1", "command": ["echo", "{{ not a template }}"]}],
                "restartPolicy": "Never",
            },
        },
        **changes,
    }


def a_dag(key: str, *tasks: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "id": f"el_{key}",
        "pipeline": key,
        "description": "",
        "owner": "data",
        "tags": ["extract"],
        "schedule": "0 6 * * *",
        "timeZone": "Europe/Berlin",
        "startDate": "2026-01-01",
        "catchup": False,
        "maxActiveRuns": 1,
        "deferrable": False,
        "onFinishAction": "delete_pod",
        "tasks": list(tasks) or [a_task(key)],
        **changes,
    }


def written(folder: Path, *dags: dict[str, Any], version: int = 1) -> str:
    """Writes a document as tapline does, and gives the path that a shard file has."""
    head = json.dumps({"version": version, "xcomSidecar": SIDECAR}, separators=(",", ":"))[:-1]
    lines = ",\n".join(f"{json.dumps(dag['id'])}:{json.dumps(dag, separators=(',', ':'))}" for dag in dags)
    (folder / "pipelines-00.json").write_text(f'{head},"dags":{{\n{lines}\n}}}}\n', encoding="utf-8")
    return str(folder / "dags" / "tapline_00.py")
