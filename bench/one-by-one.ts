/** The base of the feeder's bench: sends each key of a bucket in a message of its own, one call after the other, by the SDK. */
import { paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

const [Bucket = '', QueueName = ''] = process.argv.slice(2)
const s3 = new S3Client({ forcePathStyle: true })
const sqs = new SQSClient({})
const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }))
for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket })) {
  for (const { Key, ETag, Size } of Contents) {
    const workflow_data = {
      event_name: 'ObjectCreated:Put',
      bucket_name: Bucket,
      file_name: Key,
      file_etag: ETag,
      file_size: Size,
    }
    const message = JSON.stringify({ workflow_name: 'PublishPerfectArticle', workflow_data })
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: message }))
  }
}
