-- Replies to requests of the queue, each written together with the change that it tells of. A request that is received again
-- (its consumer crashed before the reply was sent) is replied to with what is here, and changes nothing.
create table queue_reply (
  message_id text primary key,
  body       text        not null, -- the reply as it is sent
  at         timestamptz not null
);

create index queue_reply_at on queue_reply (at);
