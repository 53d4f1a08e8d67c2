-- Hand-over to core systems: batches they fetch and acknowledge, and addresses that are told of what happened.

-- A key may reach over one procedure only; null: over all of the agency's.
alter table api_keys add column procedure_id text;

create table handover_batches (
  agency text not null,
  batch text not null,
  key_name text not null,
  procedure_id text,
  made_at timestamptz not null,
  acknowledged_at timestamptz,
  primary key (agency, batch)
);
create index handover_batches_open on handover_batches (agency, key_name) where acknowledged_at is null;

-- `state`: open until the core system says taken or failed.
create table handover_items (
  agency text not null,
  batch text not null,
  receipt_number text not null,
  state text not null default 'open',
  reason text,
  primary key (agency, batch, receipt_number),
  foreign key (agency, batch) references handover_batches
);
create index handover_items_receipt on handover_items (agency, receipt_number);

-- When a core system took it over, and which.
alter table cases add column handed_over_at timestamptz;

create table webhooks (
  agency text not null,
  name text not null,
  url text not null,
  -- Part of what its secret is derived from: a new secret is a new generation.
  generation integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (agency, name)
);

-- What is to be told. The body is made of these columns alone: ids and times, nobody's data.
create table webhook_outbox (
  agency text not null,
  id text not null,
  webhook text not null,
  event text not null,
  receipt_number text not null,
  at timestamptz not null,
  attempts integer not null default 0,
  delivered_at timestamptz,
  given_up_at timestamptz,
  -- Of the newest attempt: a status, or the rule that stopped it.
  outcome text,
  primary key (agency, id),
  foreign key (agency, webhook) references webhooks
);
create index webhook_outbox_webhook on webhook_outbox (agency, webhook, at);
