-- Online renewal in steps: a key that a card made in its spare place, whose certificate is on its way. One line a key, written before the
-- certificate is made, so that a renewal cut off anywhere is found again by its key. What was done stands in ca.renewal.
create table ca.renewal_begun (
  spki_sha256 bytea primary key,
  old_alias uuid not null,
  nonce_sha256 bytea not null unique,
  request_sha256 bytea not null,
  begun_at timestamptz not null
);
create index renewal_begun_old on ca.renewal_begun (old_alias);
create trigger renewal_begun_append_only before update or delete on ca.renewal_begun
  for each row execute function ca.append_only();
create unique index renewal_new on ca.renewal (new_alias);
