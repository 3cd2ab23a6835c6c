from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from documents import SIDECAR, a_dag, a_task, written
from kubernetes.client import ApiClient

from tapline_dags import load
from tapline_dags.operator import PipelinePodOperator, is_day
from tapline_dags.versions import AirflowSkipException

HOOK = SimpleNamespace(
    is_in_cluster=True,
    get_namespace=lambda: None,
    get_xcom_sidecar_container_image=lambda: None,
    get_xcom_sidecar_container_resources=lambda: None,
    get_xcom_sidecar_container_security_context=lambda: None,
)


def operator_of(folder: Path, task: dict[str, Any]) -> Any:
    return load(written(folder, a_dag("orders", task)), "pipelines-00.json")["el_orders"].get_task(task["id"])


def pod_of(operator: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(PipelinePodOperator, "hook", HOOK)
    return ApiClient().sanitize_for_serialization(operator.build_pod_request_obj())


def test_runs_the_pod_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    operator = operator_of(tmp_path, a_task("orders"))
    instance = SimpleNamespace(task_id="orders", dag_id="el_orders")
    operator.render_template_fields({"ti": instance, "task_instance": instance})
    pod = pod_of(operator, monkeypatch)
    container = pod["spec"]["containers"][0]
    assert container["command"] == ["echo", "{{ not a template }}"]
    assert container["env"] == [{"name": "TAPLINE_TASK_ID", "value": "orders"}]
    assert (container["name"], pod["metadata"]["namespace"]) == ("main", "jobs")
    assert pod["metadata"]["name"].startswith("orders-")
    assert len(pod["spec"]["containers"]) == 1


def test_gives_the_sidecar_of_the_document_where_a_result_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = operator_of(tmp_path, a_task("orders", xcom=True))
    pod = pod_of(operator, monkeypatch)
    assert pod["spec"]["containers"][1] == SIDECAR["container"]
    assert pod["spec"]["volumes"] == [SIDECAR["volume"]]
    mounts = pod["spec"]["containers"][0]["volumeMounts"]
    assert mounts == [{"name": "xcom", "mountPath": "/airflow/xcom"}]


SUNDAY = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("day", "week", "expected"),
    [(0, 1, True), (7, 1, False), (7, 2, True), (28, -1, True), (21, -1, False), (1, 1, False), (14, None, True)],
)
def test_knows_the_days_of_a_task(day: int, week: int | None, expected: bool) -> None:
    days = {"weekday": 0, "not": False, "timeZone": "Etc/UTC", **({} if week is None else {"week": week})}
    assert is_day(SUNDAY + timedelta(days=day), days) is expected
    assert is_day(SUNDAY + timedelta(days=day), {**days, "not": True}) is not expected


def test_counts_days_in_the_time_zone_of_the_pipeline() -> None:
    saturday_evening = datetime(2026, 2, 28, 20, tzinfo=timezone.utc)
    days = {"weekday": 0, "week": 1, "not": False, "timeZone": "Asia/Tokyo"}
    assert is_day(saturday_evening, days), "it is Sunday the first in Tokyo"


def test_skips_on_days_that_are_not_its_own(tmp_path: Path) -> None:
    days = {"text": "on first-sunday", "weekday": 0, "week": 1, "not": False}
    operator = operator_of(tmp_path, a_task("orders", days=days))
    operator.pre_execute({"dag_run": SimpleNamespace(data_interval_end=SUNDAY)})
    later = SimpleNamespace(data_interval_end=None, logical_date=SUNDAY + timedelta(days=7))
    with pytest.raises(AirflowSkipException, match="on first-sunday"):
        operator.pre_execute({"dag_run": later})
