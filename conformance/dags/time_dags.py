"""Times what Airflow does with a folder of DAG files, in CPU milliseconds, as JSON.

Usage: time_dags.py FOLDER [DAG FILE]: with a DAG, how long its file takes when a task of it starts.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
import warnings

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
folder = sys.argv[1]
sys.path.insert(0, folder)

# What the processor and the workers have imported before they open a file of DAGs.
import airflow.providers.cncf.kubernetes.operators.pod  # noqa: E402, F401
import airflow.providers.standard.operators.empty  # noqa: E402, F401
import airflow.sdk  # noqa: E402, F401
from airflow.dag_processing.dagbag import DagBag  # noqa: E402
from airflow.sdk import DAG, Asset, CronDataIntervalTimetable, TaskGroup  # noqa: E402, F401
from kubernetes.client import models  # noqa: E402, F401

if len(sys.argv) > 2:
    os.environ["_AIRFLOW_PARSING_CONTEXT_DAG_ID"] = sys.argv[2]
started = time.process_time()
bag = DagBag(sys.argv[3] if len(sys.argv) > 2 else folder)
milliseconds = (time.process_time() - started) * 1000
if bag.import_errors:
    raise SystemExit(str(bag.import_errors))
print(json.dumps({"milliseconds": milliseconds, "dags": len(bag.dags)}))
