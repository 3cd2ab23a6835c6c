"""Lists what is in the image, as CycloneDX: packages of Debian, of Node, and of every plugin's virtual environment."""

import glob
import importlib.metadata
import json
import subprocess


def debian():
    query = ["dpkg-query", "--show", "--showformat", "${Package}\t${Version}\t${Architecture}\n"]
    for line in subprocess.run(query, capture_output=True, check=True, text=True).stdout.splitlines():
        name, version, architecture = line.split("\t")
        yield component(name, version, f"pkg:deb/debian/{name}@{version}?arch={architecture}", "Debian")


def node():
    version = subprocess.run(["node", "--version"], capture_output=True, check=True, text=True).stdout.strip()
    yield component("node", version.removeprefix("v"), f"pkg:generic/node@{version.removeprefix('v')}", "Node")
    for file in sorted(glob.glob("/opt/tapline/node_modules/**/package.json", recursive=True)):
        with open(file, encoding="utf-8") as text:
            package = json.load(text)
        if "name" in package and "version" in package:
            name = package["name"].replace("@", "%40")
            yield component(package["name"], package["version"], f"pkg:npm/{name}@{package['version']}", "Node")


def python():
    for folder in sorted(glob.glob("/project/.meltano/*/*/venv/lib/python3*/site-packages")):
        plugin = folder.split("/")[4]
        for found in importlib.metadata.distributions(path=[folder]):
            name = found.metadata["Name"]
            yield component(name, found.version, f"pkg:pypi/{name.lower()}@{found.version}", plugin)


def component(name, version, purl, group):
    """One component; its reference tells in which of the environments it is."""
    return {
        "type": "library",
        "bom-ref": f"{group}:{purl}",
        "name": name,
        "version": version,
        "purl": purl,
        "properties": [{"name": "tapline:part", "value": group}],
    }


components = {one["bom-ref"]: one for part in (debian, node, python) for one in part()}
ordered = [components[reference] for reference in sorted(components)]
print(json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": ordered}, indent=1))
