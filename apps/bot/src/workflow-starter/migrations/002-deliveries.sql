-- The deliveries whose messages were received: one that is in the bucket and not here is still on its way.
create table delivery (
  file        text        not null, -- bucket/key
  etag        text        not null, -- empty where the notification had none
  received_at timestamptz not null default now(),
  primary key (file, etag)
);
create index delivery_received on delivery (received_at);
