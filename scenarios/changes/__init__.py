"""What a scenario may change: one change, one file, named after it."""
