"""What Airflow 2 and 3 call by different names."""

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
