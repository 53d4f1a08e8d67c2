-- Who may do what at the desk: officers, their roles, and how far each role reaches.
create table officers (
  agency text not null,
  officer text not null,
  added_by text not null,
  added_at timestamptz not null,
  ended_at timestamptz,
  primary key (agency, officer)
);

-- `scope`: `*` for the whole agency, `department:ID` or `procedure:ID`.
create table officer_roles (
  agency text not null,
  officer text not null,
  role text not null,
  scope text not null default '*',
  primary key (agency, officer, role, scope),
  foreign key (agency, officer) references officers
);

-- Which procedures a department (課) examines.
create table departments (
  agency text not null,
  department text not null,
  procedure_id text not null,
  primary key (agency, department, procedure_id)
);

-- How a session was opened: by a one-time link, or by the officer's own card.
alter table desk_sessions add column opened_by text not null default 'link';

-- Until now whoever had a card or a link could do everything: they keep it until somebody takes it from them.
insert into officers (agency, officer, added_by, added_at)
  select agency, officer, 'migration', now() from desk_cards
  union select agency, officer, 'migration', now() from desk_links;
insert into officer_roles (agency, officer, role)
  select agency, officer, role from officers
  cross join unnest(array['reception', 'examiner', 'approver', 'auditor', 'admin']) as role;
