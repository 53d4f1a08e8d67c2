-- Online renewal: one line a renewal. A nonce works once; the same request sent again is answered with the same certificate.
create table ca.renewal (
  nonce_sha256 bytea primary key,
  request_sha256 bytea not null,
  old_alias uuid not null,
  new_alias uuid not null,
  renewed_at timestamptz not null
);
create trigger renewal_append_only before update or delete on ca.renewal
  for each row execute function ca.append_only();

-- The end of a card's life, which caps certificates renewed at home.
alter table ca.counter_card add column expires_at timestamptz;
