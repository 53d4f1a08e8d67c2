-- Card work by the signing agent on a clerk's machine: one line a job. A job is taken once, by one start of one agent, within its time.
create table ca.counter_job (
  ticket_sha256 bytea primary key,
  municipality char(5) not null,
  act uuid not null,
  nonce bytea not null,             -- the card proves over it where its keys were made
  made_at timestamptz not null,
  expires_at timestamptz not null,
  run_sha256 bytea unique,          -- of the agent that took it
  card text,                        -- the card whose proof came
  issue uuid,
  foreign key (municipality, act) references ca.counter_act (municipality, id)
);
create index counter_job_act on ca.counter_job (municipality, act);
