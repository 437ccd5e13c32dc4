#!/usr/bin/python3
"""What two programs say about the same clients: verdicts, questions, and each client who can no longer be booked.

outcomes.py BEFORE AFTER CLIENTS [--as-of DATE]

CLIENTS is the all.ndjson of `profiles.py --answered`, made with the protocol of BEFORE, so that both see the same people.
Of each client who could be booked before and cannot be now it prints the rules that stand in the way, and then how many
clients each of these rules stopped.
"""
import argparse
import collections
import json
import subprocess

BOOKABLE = ["clear", "prepare", "caution"]
VERDICTS = BOOKABLE + ["ask", "consult", "defer", "avoid"]


def records(program, clients, as_of):
    """By client; one that was refused has the verdict `refused`."""
    run = subprocess.run([program, "batch", "check", clients, "--as-of", as_of, "-f", "ndjson", "--quiet"],
                         stdout=subprocess.PIPE, text=True, check=False)
    out = {}
    for line in run.stdout.splitlines():
        record = json.loads(line)
        if record["record"] == "check":
            out[record["client"]] = record
        elif record["record"] == "error":
            mistakes = [{"rule": m["id"], "verdict": "refused", "facts": []} for m in record.get("mistakes", [])]
            out[record["client"]] = {"verdict": "refused", "bookable": False, "findings": mistakes, "questions": []}
    return out


def stops(record):
    """The rules, or where nothing is known yet the facts, that keep a client from being booked."""
    out = []
    for finding in record["findings"]:
        if finding["verdict"] in BOOKABLE:
            continue
        waits = finding.get("waiting_rules") or []
        name = f"{finding['rule']} ({', '.join(waits[:2])})" if waits else finding["rule"]
        value = next((f["value"] for f in finding["facts"] if f.get("value")), None)
        out.append(f"{finding['verdict']} {name}" + (f": {value}" if value else ""))
    return out


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("before")
    words.add_argument("after")
    words.add_argument("clients")
    words.add_argument("--as-of", default="2026-11-23")
    a = words.parse_args()
    before, after = (records(program, a.clients, a.as_of) for program in (a.before, a.after))
    print(f"{'':10}{'before':>8}{'after':>8}")
    for verdict in VERDICTS + ["refused"]:
        print(f"{verdict:10}" + "".join(f"{sum(r['verdict'] == verdict for r in rs.values()):8}" for rs in (before, after)))
    for word, count in (("bookable", lambda r: r["bookable"]), ("questions", lambda r: len(r["questions"]))):
        print(f"{word:10}" + "".join(f"{sum(count(r) for r in rs.values()):8}" for rs in (before, after)))
    asked = [collections.Counter(len(r["questions"]) for r in rs.values()) for rs in (before, after)]
    for n in sorted(set(asked[0]) | set(asked[1])):
        print(f"asked {n:<4}" + "".join(f"{counts[n]:8}" for counts in asked))
    kinds = collections.Counter()
    for client, record in after.items():
        if record["bookable"] or not before[client]["bookable"]:
            continue
        print(f"{client}  {before[client]['verdict']} -> {record['verdict']}: {'; '.join(stops(record))}")
        kinds.update({stop.partition(':')[0] for stop in stops(record)})
    for kind, count in kinds.most_common():
        print(f"{count:5}  {kind}")
    for client, record in after.items():
        if record["bookable"] and not before[client]["bookable"]:
            print(f"{client}  {before[client]['verdict']} -> {record['verdict']}: was {'; '.join(stops(before[client]))}")


if __name__ == "__main__":
    main()
