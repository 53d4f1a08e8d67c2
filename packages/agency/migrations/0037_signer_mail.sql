-- Who signs along may be told by e-mail too: an address for each signer of a case. '' is the applicant.
alter table mail_addresses add column signer text not null default '';
alter table mail_addresses drop constraint mail_addresses_pkey;
alter table mail_addresses add primary key (agency, receipt_number, signer);
alter table mail_outbox add column signer text not null default '';
