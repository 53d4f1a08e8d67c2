-- Time stamps (タイムスタンプ). The numbers of stamps are a space of their own: a sequence never gives a number twice, not even after a
-- rollback (RFC 3161 2.4.2: unique for each stamp, also after a crash).
create sequence ca.time_stamp_serial as bigint minvalue 1 no cycle;

-- Keys that stamp; the newest one does. Older ones stay, so that what they signed can be explained.
create table ca.time_stamp_unit (
  number bigint generated always as identity primary key,
  authority text not null references ca.authority (id),
  serial bytea not null,
  certificate bytea not null,
  key text not null,                       -- its name in the key store
  created_at timestamptz not null
);
