"""Telling people that a task failed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)


def slack_alert(webhook: str) -> Callable[[Any], None]:
    """A callback that tells a Slack channel.

    :param webhook: the file with the address of the incoming webhook; it is read when there is something to tell, so
        the address is in no variable, no connection and no log.
    """

    def tell(context: Any) -> None:
        try:
            # Airflow's public image has it, by its provider for Slack; nothing else needs it.
            from slack_sdk.webhook import WebhookClient

            address = Path(webhook).read_text(encoding="utf-8").strip()
            response = WebhookClient(address, timeout=10).send(text=message(context))
        except (ImportError, OSError, ValueError, HTTPException) as error:
            # Its text may hold the address.
            log.error("Slack was not told: %s", type(error).__name__)
            return
        if response.status_code != 200:
            log.error("Slack was not told: it answered %s %s", response.status_code, response.body)

    return tell


def message(context: Any) -> str:
    """What is told: which task of which run, and where its log is."""
    instance = context["task_instance"]
    try:
        reason = str(context.get("exception") or context.get("reason") or "").strip().splitlines()
        told = f": {reason[0][:300]}" if reason else ""
        link = getattr(instance, "log_url", None)
        return (
            f":red_circle: *{instance.dag_id}* · {instance.task_id} failed in the run {context['run_id']}"
            f" (try {instance.try_number}){told}" + (f"\n<{link}|log>" if link else "")
        )
    except (AttributeError, KeyError):
        return f":red_circle: *{instance.dag_id}* · {instance.task_id} failed"
