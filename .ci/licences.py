"""Writes the licences of all packages that a binary for a target consists of, with their texts.

Usage: licences.py TARGET > THIRD-PARTY-LICENCES.txt
"""

import json
import pathlib
import subprocess
import sys

target = sys.argv[1]
command = ["cargo", "metadata", "--format-version", "1", "--locked", "--features", "full", "--filter-platform", target]
metadata = json.loads(subprocess.check_output(command))
packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}

# What is linked: normal dependencies only, neither those of tests nor of build scripts.
linked, waiting = set(), [metadata["resolve"]["root"]]
while waiting:
    package = waiting.pop()
    if package not in linked:
        linked.add(package)
        waiting += [
            dependency["pkg"]
            for dependency in nodes[package]["deps"]
            if any(kind["kind"] is None for kind in dependency["dep_kinds"])
        ]
linked.remove(metadata["resolve"]["root"])
used = sorted((packages[package] for package in linked), key=lambda one: (one["name"], one["version"]))

texts = {}
sys.stdout.reconfigure(encoding="utf-8", newline="\n")
print("p80 contains the following packages, each under the licence named beside it.\n")
for one in used:
    licence = one["license"] or "see its text"
    print(f"{one['name']} {one['version']}: {licence} {one['repository'] or ''}".rstrip())
    folder = pathlib.Path(one["manifest_path"]).parent
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE")):
            text = path.read_text(encoding="utf-8", errors="replace").strip()
            texts.setdefault(text, []).append(f"{one['name']} {one['version']}")
for text, names in texts.items():
    print("\n" + "=" * 80 + "\n" + ", ".join(names) + "\n" + "-" * 80 + "\n" + text)
