import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { textOf, type Properties } from '../../../wire/values.ts'
import { orGone, type RealKind } from './real-kind.ts'

const put = (s3: S3Client, id: string, { policy }: Properties) =>
  s3.send(new PutBucketPolicyCommand({ Bucket: id, Policy: textOf(policy) }))

export const bucketPolicy: RealKind = {
  async create({ s3 }, inputs) {
    const id = textOf(inputs['bucket'])
    await put(s3, id, inputs)
    return { id }
  },
  async read({ s3 }, id) {
    const found = await orGone(
      s3.send(new GetBucketPolicyCommand({ Bucket: id })),
      'NoSuchBucketPolicy',
      'NoSuchBucket',
    )
    return found && { bucket: id, policy: found.Policy ?? '' }
  },
  async update({ s3 }, id, inputs) {
    await put(s3, id, inputs)
  },
  async delete({ s3 }, id) {
    await orGone(s3.send(new DeleteBucketPolicyCommand({ Bucket: id })), 'NoSuchBucket')
  },
}
