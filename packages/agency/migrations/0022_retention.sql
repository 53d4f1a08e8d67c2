-- Retention: what was decided long enough ago is erased; the row of the case stays as a tombstone. A hold keeps it whatever the rule says.
alter table cases add column erased_at timestamptz;
alter table cases add column held_at timestamptz;
alter table cases add column held_by text;
create index cases_retention on cases (agency, arrived_at) where erased_at is null and held_at is null;
