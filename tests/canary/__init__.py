"""The canary: small models like ours against enumeration, before any upgrade of OR-Tools.

CP-SAT has returned wrong optima, and its engines change from release to release. Nothing in
this folder uses our own drafting of models: what it tests is the engine.
"""
