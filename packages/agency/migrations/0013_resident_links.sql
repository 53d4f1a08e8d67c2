-- Which resident a certificate belongs to (申請管理システム標準仕様: 証明書の発行番号と住民の紐付け), and what officers decided about near matches.

-- `certificate`: HMAC of issuer key and serial number under the agency's secret. The number itself is nowhere in these tables.
create table resident_links (
  agency text not null,
  certificate bytea not null,
  resident_id text not null,
  basis text not null,
  linked_by text not null,
  linked_at timestamptz not null,
  primary key (agency, certificate)
);
create index resident_links_resident on resident_links (agency, resident_id);

-- Append-only; the newest decision on a certificate and a resident counts. `pairs`: HMACs of the item and its two values, so that a decision holds for
-- these values and no others. `lasting`: it holds for the resident's next certificate too.
create table match_decisions (
  agency text not null,
  seq bigint generated always as identity,
  receipt_number text not null,
  at timestamptz not null,
  officer text not null,
  verdict text not null,
  reason text not null,
  certificate bytea not null,
  resident_id text not null,
  pairs text[] not null,
  lasting boolean not null,
  primary key (agency, seq)
);
create index match_decisions_certificate on match_decisions (agency, certificate);
create index match_decisions_resident on match_decisions (agency, resident_id) where lasting;

-- Whose application it is, once that is settled: core systems know people by this number.
alter table cases add column resident_id text;
