/** The DAG factory: the files of dags/tapline_dags, written here by scripts/embed-dags.mjs. */
export const factorySource: Readonly<Record<string, string>> = {
  '__init__.py': `"""Airflow DAGs from the pipelines of a platform.

A shard file holds no more than \`\`globals().update(load(__file__, "pipelines-00.json"))\`\`. What a DAG does stands in
that document, pods included, which \`\`tapline synth\`\` wrote; here it is only read and handed to Airflow.
"""

import os
import sys
from pathlib import Path

# In a ConfigMap nothing can be written beside the files. Compiled once for each pod, they cost a task that starts half.
_before = sys.pycache_prefix
if "AIRFLOW_HOME" in os.environ and not os.access(Path(__file__).parent, os.W_OK):
    sys.pycache_prefix = str(Path(os.environ["AIRFLOW_HOME"], "pycache"))
try:
    from tapline_dags.document import PipelineError
    from tapline_dags.factory import load
finally:
    sys.pycache_prefix = _before

__all__ = ["PipelineError", "load"]
`,
  'alerts.py': `"""Telling people that a task failed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)


def slack_alert(webhook: str) -> Callable[[Any], None]:
    """A callback that tells a Slack channel.

    :param webhook: the file with the address of the incoming webhook; it is read when there is something to tell, so
        the address is in no variable, no connection and no log.
    """

    def tell(context: Any) -> None:
        try:
            # Airflow's public image has it, by its provider for Slack; nothing else needs it.
            from slack_sdk.webhook import WebhookClient

            address = Path(webhook).read_text(encoding="utf-8").strip()
            response = WebhookClient(address, timeout=10).send(text=message(context))
        except (ImportError, OSError, ValueError, HTTPException) as error:
            # Its text may hold the address.
            log.error("Slack was not told: %s", type(error).__name__)
            return
        if response.status_code != 200:
            log.error("Slack was not told: it answered %s %s", response.status_code, response.body)

    return tell


def message(context: Any) -> str:
    """What is told: which task of which run, and where its log is."""
    instance = context["task_instance"]
    try:
        reason = str(context.get("exception") or context.get("reason") or "").strip().splitlines()
        told = f": {reason[0][:300]}" if reason else ""
        link = getattr(instance, "log_url", None)
        return (
            f":red_circle: *{instance.dag_id}* · {instance.task_id} failed in the run {context['run_id']}"
            f" (try {instance.try_number}){told}" + (f"\\n<{link}|log>" if link else "")
        )
    except (AttributeError, KeyError):
        return f":red_circle: *{instance.dag_id}* · {instance.task_id} failed"
`,
  'document.py': `"""Reading a pipelines document, and telling what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

VERSION = 1

T = TypeVar("T")


class PipelineError(Exception):
    """A document that cannot become DAGs; the text names the pipeline and what is wrong."""


class Fields:
    """A map of the document, whose fields are asked for by type."""

    def __init__(self, value: Any, place: str) -> None:
        if not isinstance(value, dict):
            raise PipelineError(f"{place}: got {shown(value)}, expected a map")
        self._value: dict[str, Any] = value
        self._place = place

    def text(self, name: str) -> str:
        return self._typed(name, str, "a text")

    def number(self, name: str) -> int:
        return self._typed(name, int, "a whole number")

    def flag(self, name: str) -> bool:
        return self._typed(name, bool, "true or false")

    def map(self, name: str) -> dict[str, Any]:
        return self._typed(name, dict, "a map")

    def texts(self, name: str) -> list[str]:
        found: list[Any] = self._typed(name, list, "a list of texts")
        if not all(isinstance(item, str) for item in found):
            raise self.fault(name, "a list of texts")
        return found

    def has(self, name: str) -> bool:
        """Whether the field is there; what a pipeline does not ask for is not in the document."""
        return name in self._value

    def each(self, name: str) -> Iterator[Fields]:
        """The maps of a list, each placed by its id."""
        for item in self._typed(name, list, "a list of maps"):
            key = item.get("id") if isinstance(item, dict) else None
            yield Fields(item, f"{self._place}: {name}.{key}")

    def fault(self, name: str, allowed: str) -> PipelineError:
        """The error that says what a field holds and what it may hold."""
        got = shown(self._value[name]) if name in self._value else "nothing"
        return PipelineError(f"{self._place}: {name}: got {got}, expected {allowed}")

    def refused(self, error: Exception) -> PipelineError:
        """The error that says why Airflow does not take what the map stands for."""
        return PipelineError(f"{self._place}: {type(error).__name__}: {error}")

    def _typed(self, name: str, kind: type[T], allowed: str) -> T:
        value = self._value.get(name)
        # True is a whole number to Python, and not to anybody else.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.fault(name, allowed)
        return value


def shown(value: Any) -> str:
    """The value in a message: short, whatever it is."""
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def read_dags(path: Path, only: str | None) -> tuple[Fields, Iterator[Fields]]:
    """The head of a document and its DAGs.

    Each DAG stands on a line of its own, so that the one that a task needs is read without the others.
    """
    text = path.read_text(encoding="utf-8")
    if only is None:
        document = _parsed(text, path.name)
        head, dags = Fields(document, path.name), Fields(document, path.name).map("dags")
    else:
        start, _, rest = text.partition('"dags":{\\n')
        head = Fields(_parsed(f"{start}" + '"dags":{}}', path.name), path.name)
        line = _line_of(rest, only)
        dags = {} if line is None else _parsed("{" + line + "}", path.name)
    if head.number("version") != VERSION:
        raise head.fault("version", f"{VERSION}: this factory and the document are of different versions")
    return head, (_dag(value, key, path.name) for key, value in dags.items())


def _line_of(lines: str, dag: str) -> str | None:
    key = f"{json.dumps(dag)}:"
    start = 0 if lines.startswith(key) else lines.find(f"\\n{key}") + 1
    if start == 0 and not lines.startswith(key):
        return None
    end = lines.find("\\n", start)
    return lines[start:end].rstrip(",")


def _dag(value: Any, key: str, file: str) -> Fields:
    pipeline = value.get("pipeline") if isinstance(value, dict) else None
    return Fields(value, f"pipelines.{pipeline} (DAG {key} in {file})")


def _parsed(text: str, file: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise PipelineError(f"{file}: no JSON: {error}") from error
`,
  'factory.py': `"""From a pipelines document to DAGs."""

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
`,
  'operator.py': `"""The operator that runs a task's pod."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.providers.cncf.kubernetes.pod_generator import PodGenerator

from tapline_dags.versions import AirflowSkipException


class PipelinePodOperator(KubernetesPodOperator):
    """Runs a pod exactly as the document has it.

    The pod is no template: only \`\`env_vars\`\` are rendered, so that a command may hold \`\`{{\`\`. Where the result is
    wanted, the sidecar that waits for it becomes the one of the document: Airflow's own has no security context, which
    the Pod Security level \`\`restricted\`\` refuses.
    """

    def __init__(
        self,
        *,
        pod_spec: dict[str, Any],
        xcom_sidecar: dict[str, Any],
        days: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.pod_spec = pod_spec
        self.xcom_sidecar = xcom_sidecar
        self.days = days

    def pre_execute(self, context: Any) -> None:
        """Skips the task on days that are not its own."""
        if self.days is None:
            return
        run = context["dag_run"]
        moment = getattr(run, "data_interval_end", None) or run.logical_date or run.run_after
        if not is_day(moment, self.days):
            raise AirflowSkipException(f"{moment.isoformat()} is no day for this task: {self.days['text']}")

    def build_pod_request_obj(self, context: Any = None, **kwargs: Any) -> Any:
        self.full_pod_spec = PodGenerator.deserialize_model_dict(self.pod_spec)
        pod = super().build_pod_request_obj(context, **kwargs)
        if self.do_xcom_push:
            spec = PodGenerator.deserialize_model_dict(
                {"spec": {"containers": [self.xcom_sidecar["container"]], "volumes": [self.xcom_sidecar["volume"]]}}
            ).spec
            name, volume = spec.containers[0].name, spec.volumes[0].name
            pod.spec.containers = [spec.containers[0] if c.name == name else c for c in pod.spec.containers]
            pod.spec.volumes = [spec.volumes[0] if v.name == volume else v for v in pod.spec.volumes]
        return pod


def is_day(moment: datetime, days: Mapping[str, Any]) -> bool:
    """Whether a moment is in one of the days, \`\`{weekday, week, not, timeZone}\`\`.

    Weeks are counted within the month: the first Sunday is that among the days 1 to 7; -1 is the last.
    """
    local = moment.astimezone(ZoneInfo(days["timeZone"]))
    week: int | None = days.get("week")
    last = (local + timedelta(days=7)).month != local.month
    in_week = week is None or (last if week == -1 else (local.day - 1) // 7 + 1 == week)
    return bool((local.isoweekday() % 7 == days["weekday"] and in_week) != days["not"])
`,
  'versions.py': `"""What Airflow 2 and 3 call by different names."""

from __future__ import annotations

try:
    from airflow.sdk import DAG, Asset, CronDataIntervalTimetable, TaskGroup, get_parsing_context
    from airflow.sdk.exceptions import AirflowSkipException
except ImportError:  # Airflow 2.11
    from airflow.datasets import Dataset as Asset  # type: ignore[no-redef,import-not-found,unused-ignore]
    from airflow.exceptions import AirflowSkipException  # type: ignore[no-redef,unused-ignore]
    from airflow.models.dag import DAG  # type: ignore[no-redef,assignment,unused-ignore]
    from airflow.timetables.interval import CronDataIntervalTimetable  # type: ignore[no-redef,assignment,unused-ignore]
    from airflow.utils.dag_parsing_context import get_parsing_context  # type: ignore[no-redef,import-not-found,unused-ignore]
    from airflow.utils.task_group import TaskGroup  # type: ignore[no-redef,unused-ignore]

__all__ = [
    "DAG",
    "AirflowSkipException",
    "Asset",
    "CronDataIntervalTimetable",
    "TaskGroup",
    "get_parsing_context",
]
`,
};
