"""The operator that runs a task's pod."""

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

    The pod is no template: only ``env_vars`` are rendered, so that a command may hold ``{{``. Where the result is
    wanted, the sidecar that waits for it becomes the one of the document: Airflow's own has no security context, which
    the Pod Security level ``restricted`` refuses.
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
    """Whether a moment is in one of the days, ``{weekday, week, not, timeZone}``.

    Weeks are counted within the month: the first Sunday is that among the days 1 to 7; -1 is the last.
    """
    local = moment.astimezone(ZoneInfo(days["timeZone"]))
    week: int | None = days.get("week")
    last = (local + timedelta(days=7)).month != local.month
    in_week = week is None or (last if week == -1 else (local.day - 1) // 7 + 1 == week)
    return bool((local.isoweekday() % 7 == days["weekday"] and in_week) != days["not"])
