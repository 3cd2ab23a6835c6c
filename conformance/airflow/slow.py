"""One task that takes longer than a scheduler may be silent by Airflow's own settings."""

import time
from datetime import datetime

from airflow.sdk import dag, task


@dag(schedule=None, start_date=datetime(2026, 1, 1))
def conformance_slow():
    @task
    def wait():
        time.sleep(80)

    wait()


conformance_slow()
