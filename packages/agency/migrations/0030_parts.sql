-- One-stop applications: the state of each office's part, repeated from the actions for its queue.
create table parts (
  agency text not null,
  receipt_number text not null,
  part text not null,
  -- Whose queue it is in.
  office text not null,
  -- Its place in the definition.
  position integer not null,
  state text not null,
  due_on date,
  primary key (agency, receipt_number, part),
  foreign key (agency, receipt_number) references cases
);
create index parts_queue on parts (agency, office, state);
