-- Reception: what was asked (requests), what arrived (cases and their envelopes), what was opened, what happened (actions).
-- Every table is keyed by agency first: a shared operation serves many, and a cluster shards by it.

create sequence receipt_numbers;

-- A signing request that we issued. Digests only: what was typed lives in the request itself until it comes back signed.
create table requests (
  agency text not null,
  jti text not null,
  procedure_id text not null,
  procedure_version text not null,
  definition_digest text not null,
  answers_digest text not null,
  attachments jsonb not null,
  browser_hash bytea not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  receipt_number text,
  primary key (agency, jti)
);
create index requests_expires_at on requests (expires_at);

-- `state` repeats what the actions say, for the queue.
create table cases (
  agency text not null,
  receipt_number text not null,
  jti text not null,
  procedure_id text,
  procedure_version text,
  envelope_sha256 text not null,
  envelope_size integer not null,
  arrived_at timestamptz not null,
  receipt_jws text not null,
  state text not null default 'arrived',
  applicant_name text,
  due_on date,
  primary key (agency, receipt_number),
  unique (agency, jti, envelope_sha256)
);
create index cases_queue on cases (agency, state, arrived_at);

create table envelope_chunks (
  agency text not null,
  receipt_number text not null,
  seq integer not null,
  bytes bytea not null,
  primary key (agency, receipt_number, seq),
  foreign key (agency, receipt_number) references cases
);

create table submissions (
  agency text not null,
  receipt_number text not null,
  container bytea not null,
  application bytea,
  opened_at timestamptz not null,
  primary key (agency, receipt_number),
  foreign key (agency, receipt_number) references cases
);

-- Append-only: a case is the sum of its actions.
create table actions (
  agency text not null,
  receipt_number text not null,
  seq bigint generated always as identity,
  at timestamptz not null,
  actor text not null,
  kind text not null,
  detail jsonb not null default '{}',
  primary key (agency, receipt_number, seq),
  foreign key (agency, receipt_number) references cases
);
