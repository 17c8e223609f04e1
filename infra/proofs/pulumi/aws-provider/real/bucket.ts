import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3'
import { textOf } from '../../../wire/values.ts'
import { orGone, type RealKind } from './real-kind.ts'

export const bucket: RealKind = {
  async create({ s3 }, inputs) {
    const id = textOf(inputs['bucket'])
    await s3.send(new CreateBucketCommand({ Bucket: id }))
    return { id }
  },
  async read({ s3 }, id) {
    return (await orGone(s3.send(new HeadBucketCommand({ Bucket: id })), 'NotFound', 'NoSuchBucket')) && { bucket: id }
  },
  imported: { forceDestroy: false },
  // The only input that can change is `forceDestroy`.
  async update() {},
  async delete({ s3 }, id, outputs) {
    if (outputs['forceDestroy'] === true) await empty(s3, id)
    await orGone(s3.send(new DeleteBucketCommand({ Bucket: id })), 'NoSuchBucket')
  },
}

async function empty(s3: S3Client, id: string): Promise<void> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: id })) {
    const Objects = Contents.map(({ Key }) => ({ Key }))
    if (Objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket: id, Delete: { Objects } }))
  }
}
