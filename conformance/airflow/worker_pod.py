"""Prints, as JSON, the pod that the KubernetesExecutor makes for a task from the template that is named."""

import json
import sys

from airflow.providers.cncf.kubernetes.pod_generator import PodGenerator
from kubernetes.client import ApiClient

pod = PodGenerator.construct_pod(
    namespace="elsewhere",
    scheduler_job_id="7",
    pod_id="extract-1a2b",
    dag_id="e_orders",
    task_id="extract",
    kube_image=None,
    try_number=1,
    date=None,
    run_id="manual__2026-01-01",
    args=["python", "-m", "airflow.sdk.execution_time.execute_workload", "--json-string", "{}"],
    pod_override_object=None,
    base_worker_pod=PodGenerator.deserialize_model_file(sys.argv[1]),
    with_mutation_hook=True,
)
json.dump(ApiClient().sanitize_for_serialization(pod), sys.stdout)
