"""Airflow DAGs from the pipelines of a platform.

A shard file holds no more than ``globals().update(load(__file__, "pipelines-00.json"))``. What a DAG does stands in
that document, pods included, which ``tapline synth`` wrote; here it is only read and handed to Airflow.
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
