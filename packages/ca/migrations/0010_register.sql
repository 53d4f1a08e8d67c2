-- The resident register as the counter sees it.

alter table ca.resident add column number text;                     -- 宛名番号, the municipality's own; never 個人番号 or 住民票コード
alter table ca.resident add column kana text not null default '';
alter table ca.resident add column state text not null default 'present' check (state in ('present', 'left', 'abroad', 'dead'));
alter table ca.resident add column search_name text not null default '';    -- folded: see register/fold.ts
alter table ca.resident add column search_address text not null default '';
create unique index resident_number on ca.resident (municipality, number);
