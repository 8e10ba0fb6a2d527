"""Measures moto's evaluator on the workloads of a folder, each policy read once."""

import json
import statistics
import sys
import time
from importlib.metadata import version
from pathlib import Path

from moto.iam.access_control import IAMPolicy, PermissionResult

ROUNDS = 5
ROUND_SECONDS = 0.6


def rate(policy, requests):
    """Decisions per second, request after request until the time is over."""
    decisions = 0
    start = time.perf_counter()
    while time.perf_counter() - start < ROUND_SECONDS:
        asked = requests[decisions % len(requests)]
        policy.is_action_permitted(asked["action"], asked["resource"])
        decisions += 1
    return decisions / (time.perf_counter() - start)


for file in sorted(Path(sys.argv[1]).iterdir()):
    workload = json.loads(file.read_text())
    policy = IAMPolicy(json.dumps(workload["policy"]))
    requests = workload["requests"]
    rate(policy, requests)
    rates = [rate(policy, requests) for _ in range(ROUNDS)]
    answers = [policy.is_action_permitted(one["action"], one["resource"]) for one in requests]
    line = {
        "engine": "moto",
        "version": version("moto"),
        "workload": workload["name"],
        "decisionsPerSecond": statistics.median(rates),
        "allowed": answers.count(PermissionResult.PERMITTED),
        "requests": len(requests),
    }
    print(json.dumps(line), flush=True)
