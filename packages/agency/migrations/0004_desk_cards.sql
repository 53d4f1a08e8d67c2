-- Officers' own cards: a login by card opens the desk without a one-time link.
create table desk_cards (
  agency text not null,
  authentication_key text not null,
  officer text not null,
  registered_at timestamptz not null,
  primary key (agency, authentication_key)
);

-- Who started a login, where that matters: the session's own cookie does not travel with the answer from the agent's page.
alter table login_nonces add column started_by text;
