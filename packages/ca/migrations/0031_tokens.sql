-- Smartphone tokens (移動端末設備用電子証明書): a class of its own, with issuing keys, profiles and lists of its own.

alter table ca.authority drop constraint authority_kind_check;
alter table ca.authority add constraint authority_kind_check
  check (kind in ('sign', 'auth', 'phone-sign', 'phone-auth', 'agency', 'tsa', 'bridge', 'gpki', 'ministry'));
alter table ca.certificate drop constraint certificate_profile_check;
alter table ca.certificate add constraint certificate_profile_check
  check (profile in ('signature', 'authentication', 'phone-signature', 'phone-authentication', 'agency', 'encryption', 'ocsp', 'tsa',
                     'link', 'cross'));

-- One line a token, written before its certificates are made. Its keys name them in the issue record; what became of them stands there.
create table ca.token (
  id uuid primary key,
  municipality char(5) not null,
  resident uuid not null,
  medium text not null check (medium in ('android', 'iphone')),
  card_alias uuid not null,                -- the signature certificate on the card that it was made from
  sign_key bytea not null unique,          -- SHA-256 of the SubjectPublicKeyInfo
  auth_key bytea not null unique,
  nonce_sha256 bytea not null unique,
  request_sha256 bytea not null,
  begun_at timestamptz not null,
  foreign key (municipality, resident) references ca.resident (municipality, id)
);
create index token_resident on ca.token (municipality, resident);
create trigger token_append_only before update or delete on ca.token
  for each row execute function ca.append_only();
