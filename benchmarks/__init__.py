"""Pairwell measured beside what others use. `docs/benchmarks.md` says how to run it."""
