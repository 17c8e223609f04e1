import { getQueueAttributes, setQueueAttributes } from './attributes.ts'
import { listDeadLetterSourceQueues } from './dead-letters.ts'
import { deleteMessage, deleteMessageBatch } from './delete.ts'
import { startMessageMoveTask } from './move-tasks.ts'
import { createQueue, deleteQueue, getQueueUrl, listQueues, purgeQueue } from './queues.ts'
import { receiveMessage } from './receive.ts'
import { sendMessage, sendMessageBatch } from './send.ts'
import type { Operation } from './sqs.ts'
import { listQueueTags, tagQueue, untagQueue } from './tags.ts'
import { changeMessageVisibility, changeMessageVisibilityBatch } from './visibility.ts'

/** All operations that are there; any other name answers UnsupportedOperation. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    CreateQueue: createQueue,
    DeleteQueue: deleteQueue,
    GetQueueUrl: getQueueUrl,
    ListQueues: listQueues,
    GetQueueAttributes: getQueueAttributes,
    SetQueueAttributes: setQueueAttributes,
    PurgeQueue: purgeQueue,
    SendMessage: sendMessage,
    SendMessageBatch: sendMessageBatch,
    ReceiveMessage: receiveMessage,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: deleteMessageBatch,
    ChangeMessageVisibility: changeMessageVisibility,
    ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
    TagQueue: tagQueue,
    UntagQueue: untagQueue,
    ListQueueTags: listQueueTags,
    ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
    StartMessageMoveTask: startMessageMoveTask,
  }),
)
