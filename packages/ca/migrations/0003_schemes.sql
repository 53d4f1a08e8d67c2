-- Schemes, generations and mutual certification. An issuing key belongs to a kind, in the scheme of 2008 also to a prefecture, and to a
-- generation; keys certify each other (link certificates between generations, cross-certificates through bridges).

alter table ca.authority drop constraint authority_kind_check;
alter table ca.authority add constraint authority_kind_check
  check (kind in ('sign', 'auth', 'agency', 'tsa', 'bridge', 'gpki', 'ministry'));
alter table ca.authority add column prefecture text not null default ''; -- two digits in the scheme of 2008
alter table ca.authority drop constraint authority_kind_generation_key;
alter table ca.authority add constraint authority_generation unique (kind, prefecture, generation);
-- From when on this key issues; before, it is only known (overlap: verifiers have it before they need it).
alter table ca.authority add column issues_from timestamptz;
update ca.authority set issues_from = created_at;
alter table ca.authority alter column issues_from set not null;

alter table ca.certificate drop constraint certificate_profile_check;
alter table ca.certificate add constraint certificate_profile_check
  check (profile in ('signature', 'authentication', 'agency', 'encryption', 'ocsp', 'tsa', 'link', 'cross'));

-- One key certified by another: issuer and subject are issuing keys of ours, the certificate is in the issue record under (issuer, serial).
create table ca.mutual (
  issuer text not null references ca.authority (id),
  subject text not null references ca.authority (id),
  serial bytea not null,
  certificate bytea not null,
  created_at timestamptz not null,
  primary key (issuer, subject, serial)
);

-- Each published list carries the end of the audit chain as it was then. base: the complete list that deltas add to, made once a day.
alter table ca.crl add column audit_seq bigint not null default 0;
alter table ca.crl add column audit_hash bytea;
create table ca.crl_delta (
  code text not null,
  authority text not null,
  base_number bigint not null,
  base_at timestamptz not null,
  base_der bytea not null,
  number bigint not null,
  this_update timestamptz not null,
  next_update timestamptz not null,
  entries integer not null,
  sha256 bytea not null,
  der bytea not null,
  primary key (code, authority),
  foreign key (code, authority) references ca.crl (code, authority)
);

-- The latest time this authority has worked at: a clock that was set back is noticed, whichever process or restart it happens in.
create table ca.clock (
  only_row boolean primary key default true check (only_row),
  latest timestamptz not null
);
insert into ca.clock (latest) values ('-infinity');
create table ca.time_stamp_clock (
  only_row boolean primary key default true check (only_row),
  latest timestamptz not null
);
insert into ca.time_stamp_clock (latest) values ('-infinity');

-- Revocations are told to every process that keeps signed answers: on commit, never before.
create function ca.tell_revocation() returns trigger language plpgsql as $$
begin
  perform pg_notify('ca_revocation', new.authority || ' ' || encode(new.serial, 'hex'));
  return null;
end $$;
create trigger revocation_told after insert on ca.revocation
  for each row execute function ca.tell_revocation();

-- Keys that get no certificate because others know them: published test keys, keys of broken generators. By SHA-256 of the SPKI.
create table ca.blocked_key (
  spki_sha256 bytea primary key,
  why text not null
);
