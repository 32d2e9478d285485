"""What becomes of rounds when processes die, hang, are frozen, told to end, or flooded.

    uv run pytest -m reliability

runs all of them as CI does, and shows a figure for each target (R1, R2, …) with its seed. Each
fails when its fault did not come about. The longer runs, on both kinds of database:

    KILLS=2000 uv run pytest -m reliability tests/reliability/test_worker_kills.py
    API_KILLS=1000 uv run pytest -m reliability tests/reliability/test_api_kills.py
    KEYS=1000 uv run pytest -m reliability tests/reliability/test_idempotency.py
    CANCELS=2000 uv run pytest -m reliability tests/reliability/test_cancels.py
    DEATHS=500 uv run pytest -m reliability tests/reliability/test_child_deaths.py
    LIMITS='2 10 30 60' uv run pytest -m reliability tests/reliability/test_time_limits.py
    OUTAGES=200 uv run pytest -m reliability tests/reliability/test_database_outages.py
    RESTARTS=50 uv run pytest -m reliability tests/reliability/test_rolling_restart.py
    ROUNDS=1000 uv run pytest -m reliability tests/reliability/test_restore.py
    LOAD_SECONDS=600 uv run pytest -m reliability tests/reliability/test_load.py
    ROUND_STEPS=10000 uv run pytest -m reliability tests/reliability/test_round_model.py
    CASES=20000 uv run pytest -m reliability tests/reliability/test_fuzz.py
    ATTACKS=20 uv run pytest -m reliability tests/reliability/test_abuse.py
    SOLVES=200 ORDERS=1000 uv run pytest -m reliability tests/reliability/test_determinism.py

`-k sqlite` or `-k postgresql` takes one of the two, `SEED=…` the moments of an earlier run.
"""
