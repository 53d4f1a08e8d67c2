-- Archive time stamps (RFC 3161) over what is kept of a case. `manifest` lists the files by SHA-256, as `sha256sum` reads it; the token is over its
-- bytes. A later stamp covers the earlier ones. `ends_at`: when the certificate of the time-stamping authority ends.
create table evidence_stamps (
  agency text not null,
  receipt_number text not null,
  seq integer not null,
  at timestamptz not null,
  manifest text not null,
  token bytea not null,
  ends_at timestamptz not null,
  primary key (agency, receipt_number, seq),
  foreign key (agency, receipt_number) references cases
);
create index evidence_stamps_ends_at on evidence_stamps (agency, ends_at);

-- Cases of which something new is kept and not stamped yet. Filled where the evidence is written, so that nothing can forget it.
create table evidence_due (
  agency text not null,
  receipt_number text not null,
  since timestamptz not null,
  primary key (agency, receipt_number)
);
create index evidence_due_since on evidence_due (agency, since);

create function evidence_is_due() returns trigger language plpgsql as $$
begin
  insert into agency.evidence_due (agency, receipt_number, since)
  select distinct agency, receipt_number, now() from fresh
  on conflict (agency, receipt_number) do update set since = excluded.since;
  return null;
end $$;
create trigger evidence_is_due after insert on verifications
  referencing new table as fresh for each statement execute function evidence_is_due();
create trigger evidence_is_due after insert on replies
  referencing new table as fresh for each statement execute function evidence_is_due();

insert into evidence_due (agency, receipt_number, since)
  select distinct agency, receipt_number, now() from verifications on conflict do nothing;
