-- The figures that agencies and the authority published when they last answered: shown, with their date, while one cannot be reached.
create table known_figures (
  source text primary key,
  read_at timestamptz not null,
  body text not null
);
