"""A DAG for each job of each Meltano project: by the schedule that meltano.yml has for the job, or by hand.

The job runs as a command in this image. Its bookmarks are where ``MELTANO_STATE_BACKEND_URI`` says, which is set in
production; where it is not, they are in the project's own database.
"""

from __future__ import annotations

import os
import shlex
from datetime import datetime, timedelta, timezone
from pathlib import Path

import yaml
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

FOLDER = Path(os.environ.get("MELTANO_FOLDER", "/usr/local/airflow/meltano"))
MELTANO = os.environ.get("MELTANO_EXECUTABLE", "/opt/meltano/bin/meltano")
INTERVALS = {"@manual": None, "@none": None, "@once": "@once"}

for file in sorted(FOLDER.glob("*/meltano.yml")):
    project = yaml.safe_load(file.read_text(encoding="utf-8"))
    schedules = {one["job"]: one["interval"] for one in project.get("schedules", []) if "job" in one}
    for job in project.get("jobs", []):
        interval = schedules.get(job["name"])
        with DAG(
            dag_id=f"{file.parent.name}-{job['name']}",
            schedule=INTERVALS.get(interval, interval),
            start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
            catchup=False,
            # Two runs of one job at once spoil its bookmarks.
            max_active_runs=1,
            default_args={
                "retries": 2,
                "retry_delay": timedelta(minutes=5),
                "execution_timeout": timedelta(hours=6),
            },
            tags=["meltano", file.parent.name],
        ) as dag:
            BashOperator(
                task_id="run",
                bash_command=f"exec {shlex.quote(MELTANO)} run {shlex.quote(job['name'])}",
                cwd=str(file.parent),
            )
        globals()[dag.dag_id] = dag
