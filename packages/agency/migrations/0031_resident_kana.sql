-- The reading of a resident's name (フリガナ), where the register has it: people who are typed into an application may give theirs.
alter table residents add column kana text not null default '';
