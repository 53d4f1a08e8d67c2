-- One-time links and the sessions they open, for rooms that have no login of their own. Digests of tokens only.
create table web_links (
  token_sha256 bytea primary key,
  scope text not null,
  subject text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table web_sessions (
  token_sha256 bytea primary key,
  scope text not null,
  subject text not null,
  csrf text not null,
  expires_at timestamptz not null
);
create index web_sessions_expires_at on web_sessions (expires_at);
