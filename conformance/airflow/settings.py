"""Prints, as JSON, what this Airflow makes of each AIRFLOW__ variable of its environment."""

import json
import os
import re
import sys

from airflow.configuration import conf
from airflow.providers_manager import ProvidersManager

# Options of the executor and of the auth manager are those of their providers.
ProvidersManager().initialize_providers_configuration()

known = conf.configuration_description
told = {}
for name in sorted(os.environ):
    match = re.fullmatch(r"AIRFLOW__(.+?)__(.+?)(_CMD)?", name)
    if match is None:
        continue
    section, option, command = match.group(1).lower(), match.group(2).lower(), match.group(3)
    described = (known.get(section) or {}).get("options", {}).get(option)
    told[name] = {
        "known": described is not None,
        "deprecated": bool(described and described.get("version_deprecated")),
        "mayBeCommand": (section, option) in conf.sensitive_config_values,
        "isCommand": command is not None,
        "value": conf.get(section, option),
    }
json.dump(told, sys.stdout)
