-- Why an article was withdrawn: its page says it in place of the article.
alter table record add column reason text;
