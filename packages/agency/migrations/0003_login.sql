-- Login by card: nonces that browsers hold, and the citizens' sessions they became.

-- One login under way for each browser and place; taken out when its answer comes, good or not.
create table login_nonces (
  agency text not null,
  realm text not null,
  browser_hash bytea not null,
  nonce text not null,
  expires_at timestamptz not null,
  primary key (agency, realm, browser_hash)
);
create index login_nonces_expires_at on login_nonces (expires_at);

-- Digests of random cookies. The holder is known by the digest of a key, not by a name.
create table citizen_sessions (
  agency text not null,
  token_hash bytea not null,
  authentication_key text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (agency, token_hash)
);

-- SHA-256 of the authentication key (base64url), as the application names it: links a case to its applicant's later logins.
alter table cases add column authentication_key text;
create index cases_authentication_key on cases (agency, authentication_key) where authentication_key is not null;
