"""Every benchmark in one run, in the order of `docs/benchmarks.md`.

uv run --group benchmarks python -m benchmarks
"""

from __future__ import annotations

from benchmarks import against_mentor_match, questions, scenarios, side_rules, sizes, time_limits

if __name__ == "__main__":
    print("## Against the volunteers' tool\n")
    against_mentor_match.main([])
    print("\n## By size\n")
    sizes.main(["--chart", "docs/benchmarks/sizes.svg"])
    print("\n## With every side rule\n")
    side_rules.main([])
    print("\n## Under a time limit\n")
    time_limits.main([])
    time_limits.main(["--side-rules"])
    print("\n## Questions\n")
    questions.main([])
    print("\n## Scenarios\n")
    scenarios.main([])
