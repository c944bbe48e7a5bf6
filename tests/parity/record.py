"""Record the answers of TensorFlow to the parity cases.

    TF_PYTHON record.py [FAMILY ...] [--all] [--case NAME]

TF_PYTHON is a Python with tensorflow 2.21, keras 3.15 and tf-keras 2.21 (an environment of its own; kerax is
not needed there). Only new and changed cases are run, unless --all is given. Cases whose name ends in @k2 run
in a process with TF_USE_LEGACY_KERAS=1. Answers of cases that are gone are dropped.
"""

from __future__ import annotations

import argparse
import sys

import codec
from runner import Runner


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("family", nargs="*", help="families to record (default: every one)")
    parser.add_argument("--all", action="store_true", help="record cases again that have not changed")
    parser.add_argument("--case", help="record only the cases whose name contains this, changed or not")
    options = parser.parse_args()

    runners: dict[bool, Runner] = {}
    suspicious = 0
    for family in options.family or codec.families():
        cases, answers = codec.load_cases(family), codec.load_answers(family)
        fresh = {}
        for name, code in cases.items():
            old = answers.get(name)
            wanted = options.all or old is None or old["code"] != codec.digest(code)
            if options.case:
                wanted = options.case in name
            if not wanted:
                if old is not None:
                    fresh[name] = old
                continue
            legacy = name.endswith("@k2")
            if legacy not in runners:
                runners[legacy] = Runner("tensorflow", legacy)
            outcome = runners[legacy].run(family, name, code)
            if "raises" in outcome:
                print(f"  {family}/{name} raises {outcome['raises']}: {outcome['message'][:140]}")
                outcome = {"raises": outcome["raises"]}
                if outcome["raises"] in ("NameError", "SyntaxError", "ModuleNotFoundError"):
                    suspicious += 1
                    print("    ^ looks like a mistake in the case")
            fresh[name] = {"code": codec.digest(code), **outcome}
            codec.save_answers(family, {**answers, **fresh})
        codec.save_answers(family, fresh)
        print(f"{family}: {len(fresh)} answers, {len(cases)} cases")
    for runner in runners.values():
        runner.close()
    return 1 if suspicious else 0


if __name__ == "__main__":
    sys.exit(main())
