-- The same person is recognised by the number in the resident record too, where an application was settled to be theirs.
create index cases_resident on cases (agency, resident_id, procedure_id) where resident_id is not null;
