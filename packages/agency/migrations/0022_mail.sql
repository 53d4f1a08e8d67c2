-- E-mail notices: an address that the applicant gave on the receipt page and confirmed, and what is to be sent to it.

-- `address` is sealed under the agency's secret. One address a case; gone when the case is told to be decided, or when its holder wants no more.
create table mail_addresses (
  agency text not null,
  receipt_number text not null,
  address bytea not null,
  register text not null,
  asked_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (agency, receipt_number),
  foreign key (agency, receipt_number) references cases
);

create table mail_outbox (
  agency text not null,
  id text not null,
  receipt_number text not null,
  kind text not null,
  at timestamptz not null,
  attempts integer not null default 0,
  sent_at timestamptz,
  given_up_at timestamptz,
  outcome text,
  primary key (agency, id)
);
create index mail_outbox_receipt on mail_outbox (agency, receipt_number, at);
