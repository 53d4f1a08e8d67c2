-- What the agency sends to the applicant about a decision: the document as PDF and as XML, both signed by the agency (官職署名). Kept as they
-- were made: a later look gets the same bytes.
create table replies (
  agency text not null,
  receipt_number text not null,
  decision text not null,
  made_at timestamptz not null,
  pdf bytea not null,
  xml bytea not null,
  fetched_at timestamptz,
  primary key (agency, receipt_number),
  foreign key (agency, receipt_number) references cases
);
