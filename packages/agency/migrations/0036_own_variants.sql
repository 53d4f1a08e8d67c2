-- 異体字の表: rows of the agency's own, added at the desk by one officer and put in force by another. Nothing is deleted: a row that no longer counts is ended.
create table own_variants (
  agency text not null,
  id bigint generated always as identity,
  kind text not null check (kind in ('variant', 'between-kanji', 'substitute')),
  -- The characters, one after the other.
  forms text not null,
  -- Where it is from and why, as every look that rests on it may be asked.
  note text not null check (length(note) between 1 and 200),
  proposed_by text not null,
  proposed_at timestamptz not null,
  confirmed_by text check (confirmed_by <> proposed_by),
  confirmed_at timestamptz,
  ended_by text,
  ended_at timestamptz,
  primary key (agency, id),
  check ((confirmed_by is null) = (confirmed_at is null)),
  check ((ended_by is null) = (ended_at is null))
);
create unique index own_variants_once on own_variants (agency, kind, forms) where ended_at is null;
