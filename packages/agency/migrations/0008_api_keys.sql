-- Keys of core systems (基幹業務システム) that fetch applications: digests of random tokens only.
create table api_keys (
  agency text not null,
  key_hash bytea not null,
  name text not null,
  created_by text not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (agency, key_hash)
);
create unique index api_keys_name on api_keys (agency, name);
