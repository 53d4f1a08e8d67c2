-- Who applied, for recognising the same person again: an HMAC of normalised name, birth date and address, by the agency's secret.
alter table cases add column person text;
create index cases_person on cases (agency, person, procedure_id) where person is not null;
