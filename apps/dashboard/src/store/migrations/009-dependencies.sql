-- What the consumer last found of each thing that Continuum cannot work without; the pages show what is wrong.
create table dependency (
  name text primary key,
  checked_at timestamptz not null,
  -- With a problem: since when it has been seen.
  since timestamptz,
  problem text,
  advice text,
  check ((problem is null) = (since is null) and (problem is null) = (advice is null))
);
