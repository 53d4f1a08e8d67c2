-- What happens to residents, and what is done at the counter.

-- What happened to a resident (異動): append-only. A municipality's own number of the event makes an import repeatable.
create table ca.register_event (
  municipality char(5) not null,
  number text not null,
  resident uuid not null,
  kind text not null check (kind in ('address', 'name', 'birth', 'sex', 'correction', 'left', 'abroad', 'death', 'stay')),
  day date not null,
  recorded_at timestamptz not null,
  actor text not null,
  revoked integer not null,
  primary key (municipality, number),
  foreign key (municipality, resident) references ca.resident (municipality, id)
);
create trigger register_event_append_only before update or delete on ca.register_event
  for each row execute function ca.append_only();

-- One act at the counter, from the clerk's check to its end. evidence: which kinds of documents were seen, never their numbers.
create table ca.counter_act (
  municipality char(5) not null,
  id uuid not null,
  resident uuid not null,
  kind text not null check (kind in ('issue', 'renew', 'pin')),
  state text not null check (state in ('prepared', 'working', 'done', 'failed', 'cancelled')),
  clerk text not null,
  presenter text not null check (presenter in ('self', 'guardian', 'agent')),
  evidence text[] not null,
  reason text not null,
  pins text[] not null,
  card text,
  issue uuid,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (municipality, id),
  foreign key (municipality, resident) references ca.resident (municipality, id)
);
create index counter_act_resident on ca.counter_act (municipality, resident);

-- Which card image or card a resident has; its key is derived from this name.
create table ca.counter_card (
  municipality char(5) not null,
  name text not null,
  resident uuid not null,
  made_at timestamptz not null,
  primary key (municipality, name),
  foreign key (municipality, resident) references ca.resident (municipality, id)
);

-- Letters of inquiry (照会書) that an agent must bring back with the answer (回答書). Only a digest of the number is kept.
create table ca.counter_letter (
  municipality char(5) not null,
  number_sha256 bytea not null,
  resident uuid not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (municipality, number_sha256),
  foreign key (municipality, resident) references ca.resident (municipality, id)
);

-- Who sits at the counter: an account's name, never a person's. It stands in the audit chain.
alter table ca.counter_link add column clerk text not null default 'clerk-1';
alter table ca.counter_session add column clerk text not null default 'clerk-1';
