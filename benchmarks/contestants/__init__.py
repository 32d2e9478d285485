"""One contestant a file. Each is a program that runs once and writes an answer as JSON.

The answer is shaped like the result of `pairwell match`, as far as a contestant has it:
`run.seconds` (the matching alone, imports done), `run.solve_status`, and `assignments`.
"""
