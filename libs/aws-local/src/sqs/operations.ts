import { getQueueAttributes, setQueueAttributes } from './operation/attributes.ts'
import { listDeadLetterSourceQueues } from './operation/dead-letters.ts'
import { deleteMessage, deleteMessageBatch } from './operation/delete.ts'
import { cancelMessageMoveTask, listMessageMoveTasks, startMessageMoveTask } from './operation/move-tasks.ts'
import { createQueue, deleteQueue, getQueueUrl, listQueues, purgeQueue } from './operation/queues.ts'
import { receiveMessage } from './operation/receive.ts'
import { sendMessage, sendMessageBatch } from './operation/send.ts'
import type { Operation } from './operation/sqs.ts'
import { listQueueTags, tagQueue, untagQueue } from './operation/tags.ts'
import { changeMessageVisibility, changeMessageVisibilityBatch } from './operation/visibility.ts'

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
    ListMessageMoveTasks: listMessageMoveTasks,
    CancelMessageMoveTask: cancelMessageMoveTask,
  }),
)
