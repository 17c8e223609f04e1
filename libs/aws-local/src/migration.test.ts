import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { NewerDataFolderError, startAwsLocal } from './index.ts'
import { startSqs } from './testing/internal/sqs-server.ts'
import { complete, deciding, domain, reading, registerTypes, swfClient } from './testing/internal/swf-client.ts'
import { temporaryFolder } from './testing/internal/process.ts'

/** Data folders of earlier versions are migrated, those of later ones left alone. */

/** The tables of version 0. */
const first = `
  PRAGMA foreign_keys = OFF;
  PRAGMA legacy_alter_table = ON;
  DROP INDEX swf_open; DROP INDEX swf_started; DROP INDEX swf_closed;
  ALTER TABLE swf_domain RENAME TO a;
  CREATE TABLE swf_domain (
    name TEXT PRIMARY KEY, status TEXT NOT NULL, description TEXT, retention TEXT NOT NULL, tags TEXT NOT NULL
  ) WITHOUT ROWID;
  INSERT INTO swf_domain SELECT name, status, description, retention, tags FROM a;
  ALTER TABLE swf_type RENAME TO b;
  CREATE TABLE swf_type (
    domain TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, status TEXT NOT NULL,
    description TEXT, created_at INTEGER NOT NULL, deprecated_at INTEGER, defaults TEXT NOT NULL,
    PRIMARY KEY (domain, kind, name, version)
  ) WITHOUT ROWID;
  INSERT INTO swf_type SELECT domain, kind, name, version, status, description, created_at, deprecated_at, defaults FROM b;
  ALTER TABLE swf_execution RENAME TO c;
  CREATE TABLE swf_execution (
    key INTEGER PRIMARY KEY, domain TEXT NOT NULL, workflow_id TEXT NOT NULL, run_id TEXT NOT NULL UNIQUE,
    type_name TEXT NOT NULL, type_version TEXT NOT NULL, tags TEXT, parent TEXT, cancel_requested INTEGER NOT NULL DEFAULT 0,
    started_at INTEGER NOT NULL, closed_at INTEGER, close_status TEXT
  );
  INSERT INTO swf_execution SELECT key, domain, workflow_id, run_id, type_name, type_version, tags, parent, cancel_requested,
    started_at, closed_at, close_status FROM c;
  CREATE UNIQUE INDEX swf_open ON swf_execution (domain, workflow_id) WHERE closed_at IS NULL;
  CREATE INDEX swf_started ON swf_execution (domain, started_at);
  CREATE INDEX swf_closed ON swf_execution (domain, closed_at) WHERE closed_at IS NOT NULL;
  ALTER TABLE sqs_queues RENAME TO d;
  CREATE TABLE sqs_queues (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, attributes TEXT NOT NULL, tags TEXT NOT NULL,
    created INTEGER NOT NULL, modified INTEGER NOT NULL, purged INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  INSERT INTO sqs_queues SELECT id, name, attributes, tags, created, modified, purged FROM d;
  DROP TABLE a; DROP TABLE b; DROP TABLE c; DROP TABLE d; DROP TABLE sqs_time; DROP TABLE swf_time;
  PRAGMA user_version = 0;`

function inDatabase(data: string, sql: string): void {
  const db = new DatabaseSync(join(data, 'records.sqlite'))
  db.exec(sql)
  db.close()
}

test('data from before regions is assigned to the region of the server, and executions continue', async () => {
  const data = temporaryFolder()
  const { server, sqs, queue } = await startSqs({ data })
  const swf = swfClient(server.url)
  await registerTypes(swf)
  const { start, decisionTask } = deciding(swf)
  const execution = await start('w')
  const { taskToken } = await decisionTask()
  const QueueUrl = await queue('q')
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }))
  await server.close()
  inDatabase(data, first)

  const after = await startSqs({ data })
  const again = swfClient(after.server.url)
  await again.respondDecisionTaskCompleted({ taskToken, decisions: [complete] })
  expect((await reading(again).types(execution)).at(-1)).toBe('WorkflowExecutionCompleted')
  const received = await after.sqs.send(new ReceiveMessageCommand({ QueueUrl: await after.queue('q') }))
  expect(received.Messages?.map(({ Body }) => Body)).toEqual(['m'])
  // References between tables still work: a queue with a message can be created, and deleted with it.
  await after.sqs.send(new CreateQueueCommand({ QueueName: 'q2' }))
  await after.sqs.send(new SendMessageCommand({ QueueUrl: await after.queue('q2'), MessageBody: 'm' }))
  expect((await deciding(again).start('w')).runId).not.toBe(execution.runId)
  await after.server.close()

  const third = await startAwsLocal({ data })
  onTestFinished(() => third.close())
  expect(third.domain(domain).executions()).toHaveLength(2)
  expect(third.queue('q2').messages()).toHaveLength(1)
})

test('a folder of a later version is refused and left unchanged', async () => {
  const data = temporaryFolder()
  await (await startAwsLocal({ data })).close()
  inDatabase(data, 'PRAGMA user_version = 99')
  await expect(startAwsLocal({ data })).rejects.toThrow(NewerDataFolderError)
  inDatabase(data, 'PRAGMA user_version = 1')
  await (await startAwsLocal({ data })).close()
})
