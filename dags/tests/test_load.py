from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from documents import a_dag, a_task, written

from tapline_dags import PipelineError, load


def test_makes_a_dag_of_each_pipeline(tmp_path: Path) -> None:
    dags = load(written(tmp_path, a_dag("orders"), a_dag("users")), "pipelines-00.json")
    assert sorted(dags) == ["el_orders", "el_users"]
    dag = dags["el_orders"]
    assert (dag.owner, dag.catchup, dag.max_active_runs, dag.is_paused_upon_creation) == ("data", False, 1, False)
    assert dag.start_date is not None
    assert dag.start_date.isoformat() == "2025-12-31T23:00:00+00:00", "midnight in Berlin"


def test_says_to_airflow_what_the_task_says(tmp_path: Path) -> None:
    task = a_task("orders", pool="pgp", poolSlots=2, retries=4, retryDelaySeconds=60, timeoutSeconds=600, xcom=True)
    dag = load(written(tmp_path, a_dag("orders", task, deferrable=True)), "pipelines-00.json")["el_orders"]
    operator = dag.get_task("orders")
    assert (operator.pool, operator.pool_slots, operator.retries) == ("pgp", 2, 4)
    assert operator.retry_delay == timedelta(seconds=60)
    assert operator.retry_exponential_backoff
    assert operator.execution_timeout == timedelta(seconds=600 + 1200), "the node may have to be started"
    assert operator.do_xcom_push
    assert operator.deferrable
    assert operator.in_cluster


def test_runs_tasks_after_those_that_they_depend_on(tmp_path: Path) -> None:
    tasks = [
        a_task("deps", group="prepare"),
        a_task("build", dependsOn=["deps"]),
        a_task("test", dependsOn=["build"], triggerRule="none_failed_min_one_success"),
    ]
    dag = load(written(tmp_path, a_dag("dbt", *tasks)), "pipelines-00.json")["el_dbt"]
    assert dag.get_task("test").upstream_task_ids == {"build"}
    assert dag.get_task("build").upstream_task_ids == {"deps"}
    assert dag.get_task("test").trigger_rule == "none_failed_min_one_success"
    group = dag.get_task("deps").task_group
    assert group is not None
    assert group.group_id == "prepare"


def test_tells_of_the_end_by_an_asset(tmp_path: Path) -> None:
    asset = "tapline://acme/main/dbt"
    marker = {
        "id": "done",
        "dependsOn": ["a", "b"],
        "triggerRule": "none_failed_min_one_success",
        "last": True,
    }
    dbt = a_dag("dbt", a_task("a"), a_task("b"), marker, asset=asset)
    report = a_dag("report", startsAfter=[asset])
    del report["schedule"]
    dags = load(written(tmp_path, dbt, report), "pipelines-00.json")
    assert [each.uri for each in dags["el_dbt"].get_task("done").outlets] == [asset]
    assert dags["el_dbt"].get_task("a").outlets == []


def test_reads_only_the_dag_that_a_task_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = a_dag("users", maxActiveRuns="many")
    shard = written(tmp_path, a_dag("orders"), broken, a_dag("zebra"))
    for only in ("el_orders", "el_zebra"):
        monkeypatch.setenv("_AIRFLOW_PARSING_CONTEXT_DAG_ID", only)
        assert list(load(shard, "pipelines-00.json")) == [only]
    monkeypatch.setenv("_AIRFLOW_PARSING_CONTEXT_DAG_ID", "of_another_shard")
    assert load(shard, "pipelines-00.json") == {}


@pytest.mark.parametrize(
    ("dag", "told"),
    [
        (a_dag("users", maxActiveRuns="many"), 'maxActiveRuns: got "many", expected a whole number'),
        (a_dag("users", maxActiveRuns=True), "maxActiveRuns: got true, expected a whole number"),
        (a_dag("users", tags="x"), 'tags: got "x", expected a list of texts'),
        (a_dag("users", tags=[1]), "tags: got [1], expected a list of texts"),
        (a_dag("users", tasks=[1]), "tasks.None: got 1, expected a map"),
        (a_dag("users", a_task("load", retries=None)), "tasks.load: retries: got null, expected a whole number"),
        (a_dag("users", a_task("load", dependsOn=["x"])), "expected tasks that stand before it; x does not"),
        (a_dag("users", a_task("load", pod={})), "KeyError: 'metadata'"),
        (a_dag("users", a_task("a b")), "a b"),
    ],
)
def test_fails_with_the_name_of_the_pipeline(tmp_path: Path, dag: dict[str, object], told: str) -> None:
    shard = written(tmp_path, a_dag("orders"), dag)
    with pytest.raises(PipelineError) as fault:
        load(shard, "pipelines-00.json")
    assert str(fault.value).startswith("pipelines.users (DAG el_users in pipelines-00.json): ")
    assert told in str(fault.value)


def test_fails_for_a_document_of_another_version(tmp_path: Path) -> None:
    shard = written(tmp_path, a_dag("orders"), version=2)
    with pytest.raises(PipelineError, match=r"pipelines-00\.json: version: got 2, expected 1"):
        load(shard, "pipelines-00.json")


def test_fails_for_a_document_that_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "pipelines-00.json").write_text('{"version":1', encoding="utf-8")
    with pytest.raises(PipelineError, match=r"pipelines-00\.json: no JSON"):
        load(str(tmp_path / "dags" / "x.py"), "pipelines-00.json")


def test_sends_pods_to_the_cluster_of_a_context_outside_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAPLINE_KUBERNETES_CONTEXT", "gke_acme")
    operator = load(written(tmp_path, a_dag("orders")), "pipelines-00.json")["el_orders"].get_task("orders")
    assert (operator.in_cluster, operator.cluster_context) == (False, "gke_acme")
