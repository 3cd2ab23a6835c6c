from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from documents import a_dag, written

from tapline_dags import load
from tapline_dags.alerts import slack_alert

INSTANCE = SimpleNamespace(
    dag_id="el_orders", task_id="orders", try_number=3, log_url="https://airflow.example.com/log"
)
CONTEXT = {"task_instance": INSTANCE, "run_id": "scheduled__2026-03-01", "exception": ValueError("no rows\nat all")}


class Webhook(HTTPServer):
    status = 200
    received: list[dict[str, str]]


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            server.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(server.status)
            self.end_headers()
            self.wfile.write(b"ok" if server.status == 200 else b"no_service")

        def log_message(self, *_: object) -> None:
            pass

    server = Webhook(("127.0.0.1", 0), Handler)
    server.received = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def test_tells_which_task_of_which_run_failed(tmp_path: Path, webhook: Webhook) -> None:
    file = tmp_path / "slack"
    file.write_text(f"http://127.0.0.1:{webhook.server_port}/services/T/B/x\n")
    slack_alert(str(file))(CONTEXT)
    [said] = webhook.received
    assert "*el_orders* · orders failed in the run scheduled__2026-03-01 (try 3): no rows" in said["text"]
    assert "<https://airflow.example.com/log|log>" in said["text"]
    assert "at all" not in said["text"]


def test_never_fails_itself_and_never_logs_the_address(
    tmp_path: Path, webhook: Webhook, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("tapline_dags.alerts").propagate = True
    file = tmp_path / "slack"
    slack_alert(str(file))(CONTEXT)
    file.write_text("no address")
    slack_alert(str(file))(CONTEXT)
    webhook.status = 404
    file.write_text(f"http://127.0.0.1:{webhook.server_port}/services/T/B/hidden")
    slack_alert(str(file))(CONTEXT)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("tapline_dags")]
    assert ours == [
        "Slack was not told: FileNotFoundError",
        "Slack was not told: ValueError",
        "Slack was not told: it answered 404 no_service",
    ]


def test_is_asked_when_a_task_fails_and_reads_nothing_before(tmp_path: Path) -> None:
    dags = load(written(tmp_path, a_dag("orders", slackWebhookFile="/nowhere")), "pipelines-00.json")
    callbacks = dags["el_orders"].get_task("orders").on_failure_callback
    assert len(callbacks if isinstance(callbacks, list) else [callbacks]) == 1
