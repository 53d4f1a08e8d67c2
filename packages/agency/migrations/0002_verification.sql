-- Verification and the officer's desk.

-- Each look at a case: the frozen evidence, the report computed from it, and the three lights as they were shown. A later look is a
-- new row; the newest counts. Evidence and report are text, so that they stay the same bytes.
create table verifications (
  agency text not null,
  receipt_number text not null,
  seq integer not null,
  at timestamptz not null,
  evidence text not null,
  report text not null,
  lights jsonb not null,
  primary key (agency, receipt_number, seq),
  foreign key (agency, receipt_number) references cases
);

-- CRLs and OCSP answers that evidence names by digest; many cases share one.
create table revocation_data (
  agency text not null,
  sha256 text not null,
  kind text not null,
  obtained_at timestamptz not null,
  bytes bytea not null,
  primary key (agency, sha256)
);

-- What the agency itself knows of its residents (住民記録), as far as its procedures compare with it.
create table residents (
  agency text not null,
  resident_id text not null,
  name text not null,
  address text not null,
  birth_date text not null,
  sex text not null,
  primary key (agency, resident_id)
);
create index residents_birth_date on residents (agency, birth_date);

-- One-time links to the desk, and the sessions they opened: digests of random tokens only.
create table desk_links (
  agency text not null,
  token_hash bytea not null,
  officer text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (agency, token_hash)
);
create table desk_sessions (
  agency text not null,
  token_hash bytea not null,
  officer text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (agency, token_hash)
);
