-- Texts and lists that an operator has changed on the admin page. The newest version of a file is what people see; undoing is a version of its own.
create table content_versions (
  file text not null,
  version integer not null,
  text text not null,
  at timestamptz not null,
  admin text not null,
  -- The version whose text this is again.
  again integer,
  primary key (file, version)
);

-- What an operator is working at, seen by nobody else.
create table content_drafts (
  file text not null,
  admin text not null,
  text text not null,
  at timestamptz not null,
  primary key (file, admin)
);
