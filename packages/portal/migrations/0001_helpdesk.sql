-- Questions to the helpdesk (相談). What a person wrote is erased some time after the ticket is closed; the number and what was done stay.
create sequence ticket_numbers;

create table tickets (
  number text primary key,
  -- Digest of the code that its sender holds.
  code_sha256 bytea not null,
  -- Digest of a random value in the form: a form that is sent twice opens one ticket.
  once_sha256 bytea not null unique,
  opened_at timestamptz not null,
  topic text not null,
  -- The register in which it was written: in this one it is answered.
  register text not null,
  body text,
  telephone text,
  call_at text not null,
  -- The report of the environment check, sent by consent.
  report jsonb,
  erased_at timestamptz
);
create index tickets_opened_at on tickets (opened_at);

-- What helpers did, in order; the state of a ticket is what these say.
create table ticket_actions (
  ticket text not null references tickets (number),
  position integer not null,
  at timestamptz not null,
  helper text not null,
  kind text not null check (kind in ('taken', 'reply', 'note', 'called', 'closed', 'reopened')),
  text text,
  primary key (ticket, position)
);
