-- Envelopes and containers do not shrink: looking for what could be packed costs time and gains nothing.
alter table envelope_chunks alter column bytes set storage external;
alter table submissions alter column container set storage external;
