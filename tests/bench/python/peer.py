#!/usr/bin/python3
"""The work of needleplan done as one would in Python: PyYAML or json, rules by hand, Jinja2. A yardstick, nothing more.

peer.py --pack pack.json --as-of DATE [--days N] [--only parse|check] (FILE | --list LIST --root DIR) -o OUT

Reads a stream (.yaml or .ndjson) and writes one, or reads the files of a list and writes one for each into the folder OUT.
With --only check a line of JSON for each client says the verdict, the rules that fired and those that wait for an answer.
"""
import argparse
import datetime as dt
import json
import os
import sys

import yaml

from judge import Judge

LOADER = yaml.CSafeLoader


def profiles(path):
    if path.endswith(".ndjson"):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    else:
        with open(path, "rb") as stream:
            yield from yaml.load_all(stream, Loader=LOADER)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--pack", required=True)
    words.add_argument("--as-of", required=True)
    words.add_argument("--days", type=int, default=7)
    words.add_argument("--only", choices=["parse", "check"])
    words.add_argument("--list")
    words.add_argument("--root", default=".")
    words.add_argument("-o", required=True)
    words.add_argument("input", nargs="?")
    a = words.parse_args()
    with open(a.pack, encoding="utf-8") as file:
        pack = json.load(file)
    as_of = dt.date.fromisoformat(a.as_of).toordinal()
    judge = Judge(pack, as_of)
    sheets = None
    if not a.only:
        from sheet import Sheets
        sheets = Sheets(pack, judge, as_of, a.days)

    def work(profile):
        if a.only == "parse":
            return ""
        facts = judge.facts(profile)
        verdict, found, waiting = judge.judge(facts)
        if a.only:
            return json.dumps({"client": profile["client"]["id"], "verdict": verdict, "rules": sorted(found),
                               "waiting": sorted(waiting)}, separators=(",", ":")) + "\n"
        return sheets.write(facts, verdict)

    if not a.list:
        with open(a.o, "w", encoding="utf-8") as out:
            for profile in profiles(a.input):
                out.write(work(profile))
        return
    with open(a.list, encoding="utf-8") as paths:
        for path in paths:
            with open(os.path.join(a.root, path.rstrip("\n")), "rb") as file:
                profile = yaml.load(file, Loader=LOADER)
            with open(os.path.join(a.o, profile["client"]["id"] + ".txt"), "w", encoding="utf-8") as out:
                out.write(work(profile))


if __name__ == "__main__":
    sys.exit(main())
