-- Everything that is done at the counter is an act: who came or rang, who did it, why, on what evidence, and how it ended.

alter table ca.counter_act alter column resident drop not null;   -- a card of somebody who is not in the register
alter table ca.counter_act drop constraint counter_act_kind_check;
alter table ca.counter_act add constraint counter_act_kind_check
  check (kind in ('issue', 'renew', 'pin', 'revoke', 'hold', 'report', 'letter', 'event'));
alter table ca.counter_act drop constraint counter_act_presenter_check;
alter table ca.counter_act add constraint counter_act_presenter_check
  check (presenter in ('self', 'guardian', 'agent', 'family', 'office'));
-- What is told to people: 受付番号.
alter table ca.counter_act add column number bigint generated always as identity;
alter table ca.counter_act add column certificate uuid;           -- alias, where one certificate is meant
alter table ca.counter_act add column revoked integer not null default 0;
alter table ca.counter_act add column consent text[] not null default '{}'; -- who agreed to substituted characters
alter table ca.counter_act add column begun_at timestamptz;          -- when the card work began
alter table ca.counter_act add column rule text;                  -- why it failed
alter table ca.counter_act add column settled_at timestamptz;     -- somebody has seen to what a broken-off act left
alter table ca.counter_act add column audit_seq bigint;           -- its entry in the audit chain: the row must say the same
create index counter_act_latest on ca.counter_act (municipality, created_at desc);
create index counter_act_open on ca.counter_act (created_at) where state in ('prepared', 'working', 'failed');

-- For what an answered letter may be used.
alter table ca.counter_letter add column kinds text[] not null default '{issue,renew,pin}';

-- Adult wards (成年被後見人) get no signature certificate, and their guardian acts.
alter table ca.resident add column ward boolean not null default false;
alter table ca.register_event drop constraint register_event_kind_check;
alter table ca.register_event add constraint register_event_kind_check
  check (kind in ('address', 'name', 'birth', 'sex', 'correction', 'left', 'abroad', 'death', 'stay', 'ward', 'wardEnded'));
