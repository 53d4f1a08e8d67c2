-- The certificate authority's own records. Names follow the Act: issue record (発行記録), revocation information (失効情報),
-- revocation file (失効情報ファイル). Tables of size are keyed by municipality first, so that they can be sharded by it.

create table ca.setting (
  name text primary key,
  value text not null
);

-- One row for each key that issues certificates. A generation is a key of its own: all generations share one DN, so nothing is ever
-- looked up by name.
create table ca.authority (
  id text primary key,                     -- sign-g1, auth-g1, agency-g1, tsa-g1: also the name of its key and of /ca/<id>.cer
  kind text not null check (kind in ('sign', 'auth', 'agency', 'tsa')),
  generation integer not null check (generation > 0),
  key_id bytea not null unique,            -- SHA-1 of the public key: names it in authorityKeyIdentifier and in OCSP
  certificate bytea not null,
  responder_certificate bytea,             -- OCSP responder, issued directly by this key
  responder_key text,                      -- its name in the key store
  created_at timestamptz not null,
  unique (kind, generation)
);

-- Serial numbers of all certificates come from one running number space. A sequence never gives a number twice, not even after a
-- rollback; the row in state "reserved" is committed before the number is used.
create sequence ca.serial as bigint minvalue 16777217 maxvalue 2147483647 no cycle; -- four octets, positive
create sequence ca.common_name as bigint minvalue 1 no cycle;

create table ca.resident (
  municipality char(5) not null,
  id uuid not null,
  name text not null,                      -- as registered, substitutes not yet applied
  address text not null,
  birth_date text not null,                -- YYYY-MM-DD, unknown parts 00
  sex text not null check (sex in ('male', 'female', 'other', 'unknown')),
  stay_until timestamptz,                  -- 在留期限, for foreign residents
  created_at timestamptz not null,
  primary key (municipality, id)
);

-- Issue record. reserved: the number is taken. intended: linted, the bytes to be signed are known, and from here on it can be revoked,
-- whether or not the signature was made. issued: signed, compared and stored. delivered: read back from the card, or handed over.
create table ca.certificate (
  municipality text not null,              -- five digits; empty for certificates that are not citizens'
  authority text not null references ca.authority (id),
  serial bytea not null,                   -- content octets of the INTEGER
  alias uuid not null,                     -- what pages and logs show in place of the serial number
  profile text not null check (profile in ('signature', 'authentication', 'agency', 'encryption', 'ocsp', 'tsa')),
  state text not null check (state in ('reserved', 'intended', 'issued', 'delivered')),
  resident uuid,
  issue uuid not null,                     -- the certificates of one card belong together
  intended_tbs bytea,
  certificate bytea,
  spki_sha256 bytea,
  not_before timestamptz,
  not_after timestamptz,
  reserved_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (municipality, authority, serial),
  check (state = 'reserved' or (intended_tbs is not null and not_after is not null)),
  check (state in ('reserved', 'intended') or certificate is not null)
);
create unique index certificate_serial on ca.certificate (authority, serial);
create unique index certificate_alias on ca.certificate (alias);
create index certificate_resident on ca.certificate (municipality, resident);
create index certificate_unfinished on ca.certificate (changed_at) where state <> 'delivered';
create index certificate_key on ca.certificate (spki_sha256);

-- A certificate's state only ever moves forward, and a number once given stays given.
create function ca.certificate_forward() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'an issue record is not deleted'; end if;
  if new.serial <> old.serial or new.authority <> old.authority or new.municipality <> old.municipality then
    raise exception 'a serial number is never changed';
  end if;
  if array_position(array['reserved','intended','issued','delivered'], new.state)
     < array_position(array['reserved','intended','issued','delivered'], old.state) then
    raise exception 'a certificate never goes back from % to %', old.state, new.state;
  end if;
  if old.intended_tbs is not null and new.intended_tbs is distinct from old.intended_tbs
     or old.certificate is not null and new.certificate is distinct from old.certificate then
    raise exception 'what was stored of a certificate is never exchanged';
  end if;
  return new;
end $$;
create trigger certificate_forward before update or delete on ca.certificate
  for each row execute function ca.certificate_forward();

-- Revocation ledger: append-only, one line a certificate. A hold is terminal, so there is never a second line.
create table ca.revocation (
  municipality text not null,
  authority text not null,
  serial bytea not null,
  revoked_at timestamptz not null,
  reason text not null check (reason in ('unspecified', 'keyCompromise', 'cACompromise', 'affiliationChanged', 'superseded',
                                         'cessationOfOperation', 'certificateHold')),
  -- which of the statute's records it belongs to: the holder's request, change of the resident record, an error in the record, the issuer's key
  ground text not null check (ground in ('request', 'change', 'error', 'issuer')),
  recorded_at timestamptz not null,
  primary key (municipality, authority, serial),
  foreign key (municipality, authority, serial) references ca.certificate (municipality, authority, serial)
);
create index revocation_serial on ca.revocation (authority, serial);

create function ca.append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger revocation_append_only before update or delete on ca.revocation
  for each row execute function ca.append_only();
create trigger revocation_not_emptied before truncate on ca.revocation
  for each statement execute function ca.append_only();

-- What is published now: one list for each issuing key and place. code is the municipality, "arl" for the list of authorities,
-- "all" for a list that is not partitioned (agencies, time stamps).
create table ca.crl (
  code text not null,
  authority text not null references ca.authority (id),
  number bigint not null check (number > 0),
  this_update timestamptz not null,
  next_update timestamptz not null,
  entries integer not null,
  sha256 bytea not null,
  der bytea not null,
  primary key (code, authority)
);

-- One-time links to the counter and the sessions they open. Only digests are kept.
create table ca.counter_link (
  token_sha256 bytea primary key,
  municipality text,
  expires_at timestamptz not null,
  used_at timestamptz
);
create table ca.counter_session (
  token_sha256 bytea primary key,
  municipality text,
  csrf text not null,
  expires_at timestamptz not null
);
