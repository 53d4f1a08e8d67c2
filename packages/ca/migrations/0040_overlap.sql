-- Between the authority's word that puts a new key into use and the card's word that it did, both certificates of a renewal are good: the
-- card can use the one or the other, never both. A line goes when the card has spoken, or at its end.
create table ca.renewal_overlap (
  new_alias uuid primary key,
  old_alias uuid not null,
  ends_at timestamptz not null
);
create index renewal_overlap_old on ca.renewal_overlap (old_alias);
create index renewal_overlap_end on ca.renewal_overlap (ends_at);
