-- A certificate is kept once. The bytes that were about to be signed are kept until it is signed: then they are in the certificate, and
-- the database itself checks that they are. For a nation this is half of the issue record.

alter table ca.certificate drop constraint certificate_check;
alter table ca.certificate add constraint certificate_intended
  check (state = 'reserved' or ((intended_tbs is not null or certificate is not null) and not_after is not null));

create or replace function ca.certificate_forward() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'an issue record is not deleted'; end if;
  if new.serial <> old.serial or new.authority <> old.authority or new.municipality <> old.municipality then
    raise exception 'a serial number is never changed';
  end if;
  if array_position(array['reserved','intended','issued','delivered'], new.state)
     < array_position(array['reserved','intended','issued','delivered'], old.state) then
    raise exception 'a certificate never goes back from % to %', old.state, new.state;
  end if;
  if old.certificate is not null and new.certificate is distinct from old.certificate then
    raise exception 'what was stored of a certificate is never exchanged';
  end if;
  if old.intended_tbs is not null and new.intended_tbs is distinct from old.intended_tbs
     and (new.intended_tbs is not null or new.certificate is null or position(old.intended_tbs in new.certificate) = 0) then
    raise exception 'what was stored of a certificate is never exchanged';
  end if;
  return new;
end $$;
