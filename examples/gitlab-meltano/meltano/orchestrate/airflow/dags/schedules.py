"""A DAG for each schedule in meltano.yml: it runs the job of the schedule.

The image's build writes what ``meltano schedule list`` says into ``schedules.json``, so that a parse starts no process;
without that file Meltano is asked.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

from airflow import DAG
from airflow.operators.bash import BashOperator

PROJECT = Path(os.environ["MELTANO_PROJECT_ROOT"])


def listed() -> str:
    """The schedules of the project, as JSON."""
    written = PROJECT / "schedules.json"
    if written.exists():
        return written.read_text()
    command = ["meltano", "schedule", "list", "--format=json"]
    return subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True, timeout=100).stdout


for schedule in json.loads(listed())["schedules"]["job"]:
    with DAG(
        dag_id=schedule["name"],
        schedule=schedule["cron_interval"],
        start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
        catchup=False,
        # Two runs of one job at once spoil its bookmarks.
        max_active_runs=1,
        default_args={
            "retries": 2,
            "retry_delay": timedelta(minutes=5),
            "execution_timeout": timedelta(hours=6),
        },
        tags=["meltano"],
    ) as dag:
        BashOperator(
            task_id="run",
            bash_command=f"exec meltano run {shlex.quote(schedule['job']['name'])}",
            cwd=str(PROJECT),
            env=schedule["env"],
            append_env=True,
        )
    globals()[dag.dag_id] = dag
