#!/usr/bin/env python3
"""A Singer tap for CSV files that only grow: each run goes on behind the rows that were read before."""

import argparse
import csv
import json
import sys


def message(kind, **fields):
    """Writes a Singer message."""
    sys.stdout.write(json.dumps({"type": kind, **fields}) + "\n")


def read_header(path):
    """The names of a file's columns."""
    with open(path, newline="", encoding="utf-8") as file:
        return next(csv.reader(file))


def discover(config):
    """The catalog: a stream for each file."""
    streams = []
    for entry in config["files"]:
        keys = entry.get("keys", [])
        names = read_header(entry["path"])
        metadata = [{"breadcrumb": [], "metadata": {"inclusion": "available", "table-key-properties": keys}}]
        for name in names:
            inclusion = "automatic" if name in keys else "available"
            metadata.append({"breadcrumb": ["properties", name], "metadata": {"inclusion": inclusion}})
        streams.append(
            {
                "tap_stream_id": entry["entity"],
                "stream": entry["entity"],
                "key_properties": keys,
                "schema": {"type": "object", "properties": {name: {"type": ["string", "null"]} for name in names}},
                "metadata": metadata,
            }
        )
    return {"streams": streams}


def selected_columns(stream):
    """The columns of a stream that are wanted; undefined where the stream is not."""
    wanted = {}
    for entry in stream["metadata"]:
        facts = entry["metadata"]
        is_wanted = facts.get("inclusion") == "automatic" or facts.get("selected", False)
        wanted[tuple(entry["breadcrumb"])] = is_wanted
    if not wanted.get((), False):
        return None
    return [name for name in stream["schema"]["properties"] if wanted.get(("properties", name), False)]


def sync(config, catalog, state):
    """Writes the rows that were not read yet."""
    bookmarks = dict(state.get("bookmarks", {}))
    paths = {entry["entity"]: entry["path"] for entry in config["files"]}
    for stream in catalog["streams"]:
        name = stream["tap_stream_id"]
        columns = selected_columns(stream)
        if columns is None or name not in paths:
            continue
        properties = {column: stream["schema"]["properties"][column] for column in columns}
        schema = {"type": "object", "properties": properties}
        message("SCHEMA", stream=name, schema=schema, key_properties=stream.get("key_properties", []))
        before = bookmarks.get(name, {}).get("rows", 0)
        rows = 0
        with open(paths[name], newline="", encoding="utf-8") as file:
            for rows, row in enumerate(csv.DictReader(file), start=1):
                if rows > before:
                    message("RECORD", stream=name, record={column: row[column] for column in columns})
        bookmarks[name] = {"rows": max(rows, before)}
        message("STATE", value={"bookmarks": bookmarks})
        metric = {"type": "counter", "metric": "record_count", "value": max(rows - before, 0), "tags": {"stream": name}}
        print("METRIC: " + json.dumps(metric), file=sys.stderr)


def load(path):
    """Reads a JSON file; nothing where none is given."""
    if not path:
        return {}
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main():
    """Reads the arguments that every Singer tap takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", required=True)
    parser.add_argument("--catalog")
    parser.add_argument("--state")
    parser.add_argument("--discover", action="store_true")
    arguments = parser.parse_args()
    config = load(arguments.config)
    if arguments.discover:
        json.dump(discover(config), sys.stdout, indent=2)
    else:
        sync(config, load(arguments.catalog) or discover(config), load(arguments.state))


main()
