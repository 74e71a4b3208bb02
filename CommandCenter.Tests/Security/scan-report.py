"""Says what a folder of reports holds: how much was asked, and each finding once, with how often. Exit code 2: something above low, injectable, not finished, or a fault in the server's log."""
import collections
import glob
import json
import os
import re
import sys

folder = sys.argv[1]
LEVELS = {0: "info", 1: "low", 2: "medium", 3: "high", 4: "critical"}


def read(file):
    with open(file, encoding="utf-8", errors="replace") as text:
        return text.read()


bad = False
print(read(f"{folder}/sessions.txt").strip())
for file in sorted(glob.glob(f"{folder}/wapiti-*.log")):
    name = os.path.basename(file)[:-4]
    log = read(file)
    if not os.path.exists(f"{folder}/{name}.json"):
        print(f"{name}: no report; see {name}.log")
        bad = True
        continue

    crawled = re.search(r"Wapiti found (\d+) URLs and forms", log)
    report = json.load(open(f"{folder}/{name}.json", encoding="utf-8"))
    modules = len(set(re.findall(r"Launching module (\w+)", log)))
    cut = sorted(set(re.findall(r"Max attack time was reached for module (\w+)", log)))
    print(f"{name}: {crawled.group(1) if crawled else '?'} addresses and forms, {modules} modules, {report['infos']['version']}, {report['infos']['date']}; cut short: {', '.join(cut) or 'none'}")
    found = collections.Counter()
    for kind in ("vulnerabilities", "anomalies"):
        for what, ones in report[kind].items():
            for one in ones:
                path = one["path"].split("?")[0]
                found[(int(one["level"]), what, one["method"], path, one.get("parameter") or "", one["info"])] += 1
    for (level, what, method, path, parameter, info), times in sorted(found.items(), key=str):
        print(f"  {LEVELS.get(level, level)}: {what}: {method} {path} {parameter} ({times}): {info}")
        bad |= level > 1

for file in sorted(glob.glob(f"{folder}/sqlmap-*.log")):
    log = read(file)
    url = re.search(r"testing URL '([^']+)'", log)
    parameters = set(re.findall(r"(?:testing for SQL injection on|heuristic \(basic\) test shows that) ([\w() ]*?parameter '[^']+')", log))
    errors = "; ".join(re.findall(r"^(\d{3} \([^)]*\) - \d+ times?)", log, re.M))
    injectable = "identified the following injection point" in log
    finished = "do not appear to be injectable" in log
    bad |= injectable or not finished
    verdict = "INJECTABLE" if injectable else "nothing injectable" if finished else "did not come to its end"
    print(f"{os.path.basename(file)}: {len(parameters)} parameters: {verdict} [{errors}] {url.group(1).split('?')[0] if url else ''}")

server = read(f"{folder}/server.log")
faults = len(re.findall(r"^(?:fail|crit): ", server, re.M))
print(f"server: {faults} errors in its log")
print(f"Reports: {folder}")
sys.exit(2 if bad or faults else 0)
