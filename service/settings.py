"""Settings of the service, from the environment: `PAIRWELL_` and the field's name in capitals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from service.addresses import LOOPBACK, host_of
from service.database_url import is_postgresql, read_database_url, shown, user_of
from service.sign_in_settings import SignInSettings, read_list
from service.tracing import can_trace

ONE_MEGABYTE = 1024 * 1024

DEVELOPMENT_ONLY: Final[dict[str, Any]] = {"development_only": True}
"""Marks (as `json_schema_extra`) a setting that must have its default in production."""


class Settings(SignInSettings):
    """How one deployment runs. A setting that cannot hold is refused at the start, by name."""

    model_config = SettingsConfigDict(env_prefix="PAIRWELL_", frozen=True)

    database_url: str = Field(
        default="sqlite+aiosqlite:///pairwell.sqlite3",
        description="The database: a SQLite file, by default in the working folder, or "
        "postgresql://user:password@host/name.",
        repr=False,
    )
    database_owner_url: str | None = Field(
        default=None,
        description="The same PostgreSQL database as the role that owns its tables, for "
        "`pairwell database`; by default the service's own role owns them.",
        repr=False,
    )
    programme: str = Field(
        default="uk-civil-service",
        description="The key of the programme for which the command line works.",
    )
    audit_key: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="The key of the audit log; for SQLite by default a file beside the database.",
    )
    audit_anchors: Path | None = Field(
        default=None,
        description="A file outside the database that says how far the audit log had come.",
    )
    audit_anchor_every: float = Field(
        default=300.0, gt=0, le=86_400, description="How often it is written to, in seconds."
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=LOOPBACK,
        description="The names by which the service may be called, with commas between them; "
        "that of PAIRWELL_PUBLIC_URL is always one.",
    )
    drain: float = Field(
        default=0.0,
        ge=0,
        le=3,
        description="For how long the service goes on answering after it was told to end, while "
        "`/health/ready` already says no, in seconds.",
    )
    metrics_port: int | None = Field(
        default=None,
        ge=0,
        le=65_535,
        description="The port of `/metrics`, one for each process; 0 takes a free one. By "
        "default there is none.",
    )
    metrics_host: str = Field(
        default="127.0.0.1", description="The address on which `/metrics` listens."
    )
    tracing: bool = Field(
        default=False,
        description="Whether requests and runs are traced by OpenTelemetry; needs "
        "pairwell[otel]. Where to is for the variables of OTEL_EXPORTER_OTLP to say.",
    )
    body_limit: int = Field(
        default=16 * ONE_MEGABYTE,
        gt=0,
        description="The largest round in a request's body, in bytes.",
    )
    body_seconds: float = Field(
        default=60.0, gt=0, le=600, description="How long a request body may take, in seconds."
    )
    connections: int = Field(
        default=2_000, ge=10, description="How many connections are served at the same time."
    )
    requests_per_minute: int = Field(
        default=1_200,
        ge=1,
        description="The most requests of an API key or an account in a minute.",
    )
    programme_requests_per_minute: int = Field(
        default=6_000, ge=1, description="The most requests of a programme in a minute."
    )
    unfinished_runs: int = Field(
        default=100,
        ge=1,
        description="The most runs of a programme that wait or are being solved.",
    )
    time_limit: float = Field(
        default=300.0, gt=0, le=86_400, description="The longest solve, in seconds."
    )
    memory_limit: int | None = Field(
        default=None, gt=0, description="The most memory of a solving process, in megabytes."
    )
    question_time_limit: float = Field(
        default=30.0,
        gt=0,
        le=600,
        description="The longest solve for one question that prices cannot answer, in seconds.",
    )
    solves_at_once: int = Field(
        default=1, ge=1, le=64, description="How many rounds are solved at the same time."
    )
    with_worker: bool = Field(
        default=True,
        description="Whether `pairwell serve` also solves runs; if not, `pairwell worker` does.",
    )
    lease: float = Field(
        default=30.0,
        gt=0,
        le=3600,
        description="After how long a silence a worker counts as dead, in seconds.",
    )
    automatic_retries: int = Field(
        default=2, ge=0, description="How often a run is taken up again after its worker died."
    )
    overrun: float = Field(
        default=60.0,
        gt=0,
        le=3600,
        description="How long a solve may take beyond its time limit before it counts as hung.",
    )
    poll_every: float = Field(
        default=1.0, gt=0, le=60, description="How often an idle worker looks for runs, in seconds."
    )
    intakes_at_once: int = Field(
        default=2,
        ge=1,
        le=64,
        description="How many rounds a process checks and stores at the same time; others wait.",
    )
    niceness: int = Field(
        default=0,
        ge=0,
        le=19,
        description="How far `pairwell serve` or `pairwell worker` gives way to other processes; "
        "the search of a worker by 5 more.",
    )
    longest_wait: float = Field(
        default=60.0, ge=0, le=600, description="The longest `Prefer: wait`, in seconds."
    )
    progress_every: float = Field(
        default=1.0, gt=0, le=60, description="How often progress is stored, in seconds."
    )
    most_listeners: int = Field(
        default=100, ge=0, description="How many callers may follow runs at once in one process."
    )
    heartbeat_every: float = Field(
        default=15.0,
        gt=0,
        le=300,
        description="How long a stream of events may be silent, in seconds.",
    )
    webhook_ports: Annotated[tuple[int, ...], NoDecode] = Field(
        default=(443,),
        min_length=1,
        description="The ports that webhooks may go to, with commas between them.",
    )
    webhook_timeout: float = Field(
        default=10.0, gt=0, le=60, description="The longest that one try may take, in seconds."
    )
    webhooks_at_once: int = Field(
        default=16,
        ge=1,
        le=256,
        description="How many webhooks are sent to at once, and again as many that are failing.",
    )
    webhook_loopback: bool = Field(
        default=False,
        description="For development alone: webhooks may also go to this machine, by http too.",
        json_schema_extra=DEVELOPMENT_ONLY,
    )

    @property
    def shown_database(self) -> str:
        """The database as it may be shown: without a password."""
        return shown(self.database_url)

    @property
    def hosts(self) -> frozenset[str]:
        """Every name by which the service may be called, in small letters and without a port."""
        own = (urlsplit(self.public_url).netloc,) if self.public_url else ()
        return frozenset(filter(None, map(host_of, (*self.allowed_hosts, *own))))

    @field_validator("allowed_hosts", "webhook_ports", mode="before")
    @classmethod
    def _lists_with_commas_between(cls, given: object) -> object:
        return read_list(given)

    @field_validator("allowed_hosts")
    @classmethod
    def _exact_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if host_of(host) != host.lower():
                raise ValueError(f"{host!r} is no host; name each one, without a port or a pattern")
        return hosts

    @field_validator("tracing")
    @classmethod
    def _with_its_library(cls, wanted: bool) -> bool:
        if wanted and not can_trace():
            raise ValueError("needs OpenTelemetry: install pairwell[otel]")
        return wanted

    @field_validator("database_url", "database_owner_url")
    @classmethod
    def _with_async_driver(cls, text: str | None) -> str | None:
        return None if text is None else read_database_url(text)

    @field_validator("database_owner_url")
    @classmethod
    def _beside_a_service_role(cls, text: str | None, given: ValidationInfo) -> str | None:
        service_url = given.data.get("database_url")
        if text is None or service_url is None:
            return text
        if not (is_postgresql(text) and is_postgresql(service_url)):
            raise ValueError(
                "is for PostgreSQL only, where PAIRWELL_DATABASE_URL names the same database "
                "for the service's own role; leave it out"
            )
        if user_of(service_url) is None:
            raise ValueError("needs a user in PAIRWELL_DATABASE_URL, to whom it gives its rights")
        return text
