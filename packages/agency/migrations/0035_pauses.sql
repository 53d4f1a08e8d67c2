-- 保留: a case whose examination waits for something outside the office. The days until it goes on do not count; null `paused_until`: until somebody resumes it.
-- (held_at is another thing: it keeps a case from being erased.)
alter table cases add column paused_at timestamptz;
alter table cases add column paused_until date;
create index cases_paused on cases (agency, paused_until) where paused_at is not null;
