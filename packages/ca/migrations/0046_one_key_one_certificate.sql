-- A key gets one certificate, also where two processes are asked at the same moment and neither sees yet what the other writes. Only authorities and their
-- responders have several for one key. Looked for by its first column, the index is what it was.
drop index ca.certificate_key;
create unique index certificate_key on ca.certificate
  (spki_sha256, (case when profile in ('ocsp', 'link', 'cross') then alias else '00000000-0000-0000-0000-000000000000' end));
