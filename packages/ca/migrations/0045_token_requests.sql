-- A nonce of a request about tokens (list, end) works once; the same octets within a minute are the same request, whose answer was lost.
create table ca.token_request (
  nonce_sha256 bytea primary key,
  request_sha256 bytea not null,
  used_at timestamptz not null
);
create index token_request_age on ca.token_request (used_at);
