#!/usr/bin/env python3
"""A Singer target that appends records to a file of JSON lines for each stream."""

import argparse
import json
import os
import sys


def main():
    """Writes what comes in; a state is given back when the records before it are on the disk."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", required=True)
    with open(parser.parse_args().config, encoding="utf-8") as file:
        folder = json.load(file)["destination_path"]
    os.makedirs(folder, exist_ok=True)
    files = {}
    for line in sys.stdin:
        message = json.loads(line)
        if message["type"] == "RECORD":
            name = message["stream"]
            if name not in files:
                files[name] = open(os.path.join(folder, name + ".jsonl"), "a", encoding="utf-8")
            files[name].write(json.dumps(message["record"], ensure_ascii=False) + "\n")
        elif message["type"] == "STATE":
            for file in files.values():
                file.flush()
                os.fsync(file.fileno())
            print(json.dumps(message["value"]), flush=True)
    for file in files.values():
        file.close()


main()
