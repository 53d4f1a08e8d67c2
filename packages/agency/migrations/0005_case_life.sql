-- The life of a case after its first submission: corrections and withdrawals that join it, who works on it.

-- What a signing request asked its answer to do to an earlier application: part of what must come back unchanged.
alter table requests add column relation jsonb;

-- A submission that belongs to another case: its receipt stays its own, everything else happens there.
alter table cases add column joins text;
create index cases_joins on cases (agency, joins) where joins is not null;

-- Repeats the newest request for a correction, for the queue: the day until which the applicant may answer.
alter table cases add column correct_by date;

-- Under which receipt the looked-at submission arrived; null: under the case's own.
alter table verifications add column submission text;
