"""The command line. What is slow to import is imported inside the commands."""
