-- What a new request clears away (never used, long void) is found without looking through those that were answered.
create index requests_unused on requests (agency, expires_at) where used_at is null;
drop index requests_expires_at;

-- Evidence and receipt are certificates and signatures in base64, which hardly shrinks; report and lights are short. The server's packing took longer than
-- everything else that is written of a verification.
alter table verifications alter column evidence set storage external;
alter table verifications alter column report set storage external;
alter table verifications alter column lights set storage external;
alter table cases alter column receipt_jws set storage external;
