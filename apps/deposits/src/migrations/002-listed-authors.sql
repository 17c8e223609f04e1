-- The authors of articles as the editorial office lists them: those of the newest list that has the article.
create table listed_author (
  article     text        not null,
  place       integer     not null, -- in the list
  address     text        not null,
  given_names text        not null,
  surname     text        not null,
  listed_at   timestamptz not null,
  by          text        not null,
  primary key (article, place)
);
