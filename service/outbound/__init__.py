"""Requests of the service's own, to addresses that somebody else has named."""
