-- Audit chains: each entry holds the hash of the one before it. The tables have no names, addresses or serial numbers:
-- ids and salted digests only, so that erasing a text and its salt leaves the chain whole.
create table audit_entries (
  chain text not null,
  seq bigint not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  detail text not null,
  previous bytea not null,
  hash bytea not null,
  primary key (chain, seq)
);

-- The last entry of each chain; its row lock puts writers in order.
create table audit_heads (
  chain text primary key,
  seq bigint not null,
  hash bytea not null
);

-- Which runner a worker of the job queue belongs to.
create table workers (
  worker text primary key,
  runner uuid not null,
  since timestamptz not null default now()
);
