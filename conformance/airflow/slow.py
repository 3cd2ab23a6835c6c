"""One task that goes on until the check lets it end: longer than a scheduler may be silent by Airflow's own settings."""

import os
import time
from datetime import datetime
from pathlib import Path

from airflow.sdk import dag, task


@dag(schedule=None, start_date=datetime(2026, 1, 1))
def conformance_slow():
    @task
    def wait():
        let = Path(os.environ["TMPDIR"], "end")
        for _ in range(400):
            if let.exists():
                return
            time.sleep(1)
        raise TimeoutError("nobody lets it end")

    wait()


conformance_slow()
