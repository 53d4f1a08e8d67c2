-- Who came in, who was not let in, what became of accounts and settings: what the auditor reads beside the acts. Each row is tied to its entry
-- in the audit chain, and says the same.
create table ca.counter_event (
  seq bigint primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  detail text not null
);
create index counter_event_actor on ca.counter_event (actor, seq desc);
create index counter_event_subject on ca.counter_event (subject, seq desc);
insert into ca.counter_event (seq, at, actor, action, subject, detail)
  select seq, at, actor, action, subject, detail from store.audit_entries
  where chain = 'ca' and action in ('counter.entered', 'clerk.added', 'clerk.removed', 'clerk.card', 'office.setting');
create trigger counter_event_append_only before update or delete on ca.counter_event
  for each row execute function ca.append_only();

-- A clerk's card was renewed: its new key asks to be theirs, until somebody responsible has confirmed it.
create table ca.clerk_relink (
  account text primary key references ca.clerk (account),
  authentication_key text not null,
  asked_at timestamptz not null
);
