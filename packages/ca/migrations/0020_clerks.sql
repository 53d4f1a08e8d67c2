-- Who works at the counter, and by which card they come in.

-- An account, never a person's name: it stands in the audit chain for ever, so it is never given to somebody else, not even after its end.
create table ca.clerk (
  account text primary key check (account ~ '^[a-z0-9][a-z0-9-]{1,31}$'),
  role text not null check (role in ('clerk', 'supervisor', 'auditor', 'lossLine')),
  municipality char(5),                    -- null: every municipality
  authentication_key text unique,          -- base64url of SHA-256 over the SPKI of the card's authentication certificate
  added_at timestamptz not null,
  removed_at timestamptz
);
-- enter: opens the counter (the demo's). register: opens the page where a clerk registers their card, and nothing else.
delete from ca.counter_link; -- of the time before there were accounts
alter table ca.counter_link add column purpose text not null default 'enter' check (purpose in ('enter', 'register'));

-- Sessions end when nothing is done for a while, too. Those that are open are closed once: they do not know how they came about.
delete from ca.counter_session;
alter table ca.counter_session add column entered_by text not null default 'link'
  check (entered_by in ('card', 'link', 'register'));
alter table ca.counter_session add column seen_at timestamptz not null default now();
create index counter_session_clerk on ca.counter_session (clerk);

-- The nonce of a login by card: of one browser, once, for five minutes. account: whose card is being registered.
create table ca.counter_nonce (
  browser_sha256 bytea primary key,
  realm text not null check (realm in ('login', 'register')),
  nonce text not null,
  account text references ca.clerk (account),
  expires_at timestamptz not null
);
