-- Certificates that were about to be signed, those that were written down together in one line: where whoever looks for what a crash
-- broke off has to look. A line goes when each of its certificates was handed over or revoked. The record itself needs no index over
-- what changes until then, so a certificate that is signed and handed over stays in its page, and no index learns of it again.
create table ca.unfinished (
  since timestamptz not null,
  aliases uuid[] not null,
  issues uuid[] not null
);
create index unfinished_since on ca.unfinished (since);

insert into ca.unfinished (since, aliases, issues)
  select changed_at, array[alias], array[issue] from ca.certificate where state <> 'delivered';
drop index ca.certificate_unfinished;

-- The database does it, whoever writes.
create function ca.certificate_begun() returns trigger language plpgsql as $$
begin
  insert into ca.unfinished (since, aliases, issues)
    select max(reserved_at), array_agg(alias), array_agg(issue) from added where state <> 'delivered' having count(*) > 0;
  return null;
end $$;
create trigger certificate_begun after insert on ca.certificate referencing new table as added
  for each statement execute function ca.certificate_begun();

-- Room for what a certificate is after it was signed, beside what it was before.
alter table ca.certificate set (fillfactor = 50);
