-- Certificates whose holders filed more within a short time than an agency takes, by HMAC as in resident_links, and until when they wait. A row is written
-- only when a limit was passed, and goes when it is over: no process has to be asked for what it counted.
create table signer_waits (
  agency text not null,
  certificate bytea not null,
  until timestamptz not null,
  primary key (agency, certificate)
);
