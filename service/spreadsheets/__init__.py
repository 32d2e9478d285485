"""Spreadsheets in and out: people as rows, and results as files."""
