-- Seats taken in classes (講座). A class is named by its id and its day, so that the same id on another day has seats of its own.
create table class_seats (
  class text not null,
  day date not null,
  code_sha256 bytea primary key,
  once_sha256 bytea not null unique,
  taken_at timestamptz not null,
  name text not null,
  telephone text,
  people integer not null check (people between 1 and 4)
);
create index class_seats_class on class_seats (class, day);
