"""From a pipelines document to DAGs."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tapline_dags.document import Fields, PipelineError, read_dags
from tapline_dags.operator import PipelinePodOperator
from tapline_dags.versions import DAG, Asset, CronDataIntervalTimetable, TaskGroup, get_parsing_context

# A node may have to be started first.
STARTUP_SECONDS = 1200


def load(shard: str, document: str) -> dict[str, DAG]:
    """The DAGs of a document beside the folder of the shard file, by their ids.

    When a task starts, Airflow says which DAG it wants, and the others are left out.

    :raises PipelineError: names the pipeline and what is wrong with it
    """
    head, dags = read_dags(Path(shard).parents[1] / document, get_parsing_context().dag_id)
    xcom_sidecar = head.map("xcomSidecar")
    return {dag.text("id"): make_dag(dag, xcom_sidecar) for dag in dags}


def make_dag(fields: Fields, xcom_sidecar: dict[str, Any]) -> DAG:
    """One DAG; whatever Airflow itself refuses is told with the name of the pipeline."""
    try:
        return _make_dag(fields, xcom_sidecar)
    except PipelineError:
        raise
    except Exception as error:
        raise fields.refused(error) from error


def _make_dag(fields: Fields, xcom_sidecar: dict[str, Any]) -> DAG:
    zone = fields.text("timeZone")
    default_args: dict[str, Any] = {"owner": fields.text("owner")}
    if fields.has("slackWebhookFile"):
        from tapline_dags.alerts import slack_alert

        default_args["on_failure_callback"] = slack_alert(fields.text("slackWebhookFile"))
    dag = DAG(
        dag_id=fields.text("id"),
        description=fields.text("description"),
        schedule=_schedule(fields, zone),
        start_date=datetime.fromisoformat(fields.text("startDate")).replace(tzinfo=ZoneInfo(zone)),
        catchup=fields.flag("catchup"),
        max_active_runs=fields.number("maxActiveRuns"),
        dagrun_timeout=_seconds(fields, "deadlineSeconds"),
        default_args=default_args,
        tags=fields.texts("tags"),
        # Whether it runs by itself is said by the schedule, in the platform's file and not in the web interface.
        is_paused_upon_creation=False,
    )
    groups: dict[str, TaskGroup] = {}
    made: dict[str, Any] = {}
    for task in fields.each("tasks"):
        group = task.text("group") if task.has("group") else None
        if group is not None and group not in groups:
            groups[group] = TaskGroup(group, prefix_group_id=False, dag=dag)
        operator = _make_task(task, fields, dag, groups.get(group or ""), xcom_sidecar)
        for upstream in task.texts("dependsOn"):
            if upstream not in made:
                raise task.fault("dependsOn", f"tasks that stand before it; {upstream} does not")
            made[upstream].set_downstream(operator)
        made[task.text("id")] = operator
    return dag


def _schedule(fields: Fields, zone: str) -> Any:
    if fields.has("schedule"):
        return CronDataIntervalTimetable(fields.text("schedule"), timezone=zone)
    if fields.has("startsAfter"):
        return [Asset(uri) for uri in fields.texts("startsAfter")]
    return None


def _make_task(task: Fields, fields: Fields, dag: DAG, group: TaskGroup | None, xcom_sidecar: dict[str, Any]) -> Any:
    common: dict[str, Any] = {
        "task_id": task.text("id"),
        "dag": dag,
        "trigger_rule": task.text("triggerRule"),
        "outlets": [Asset(fields.text("asset"))] if task.flag("last") else [],
    }
    if not task.has("pod"):
        return _marker(common)
    if group is not None:
        common["task_group"] = group
    # Elsewhere than in the cluster, for example on a laptop, a context of the kubeconfig says where the pods go.
    context = os.environ.get("TAPLINE_KUBERNETES_CONTEXT")
    pod = task.map("pod")
    return PipelinePodOperator(
        **common,
        pod_spec=pod,
        xcom_sidecar=xcom_sidecar,
        days={**task.map("days"), "timeZone": fields.text("timeZone")} if task.has("days") else None,
        env_vars=task.map("env"),
        namespace=pod["metadata"]["namespace"],
        base_container_name=pod["spec"]["containers"][0]["name"],
        kubernetes_conn_id=None,
        in_cluster=context is None,
        cluster_context=context,
        do_xcom_push=task.flag("xcom"),
        pool=task.text("pool"),
        pool_slots=task.number("poolSlots"),
        retries=task.number("retries"),
        retry_delay=_seconds(task, "retryDelaySeconds"),
        retry_exponential_backoff=True,
        max_retry_delay=timedelta(hours=1),
        execution_timeout=timedelta(seconds=task.number("timeoutSeconds") + STARTUP_SECONDS),
        startup_timeout_seconds=STARTUP_SECONDS,
        deferrable=fields.flag("deferrable"),
        on_finish_action=fields.text("onFinishAction"),
        log_events_on_failure=True,
    )


def _marker(common: dict[str, Any]) -> Any:
    """A task without a pod, which only says that those before it are done."""
    try:
        from airflow.providers.standard.operators.empty import EmptyOperator
    except ImportError:  # Airflow 2.11
        from airflow.operators.empty import EmptyOperator  # type: ignore[no-redef,unused-ignore]

    return EmptyOperator(**common)


def _seconds(fields: Fields, name: str) -> timedelta | None:
    return timedelta(seconds=fields.number(name)) if fields.has(name) else None
