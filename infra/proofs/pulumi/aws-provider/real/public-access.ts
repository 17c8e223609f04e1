import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { textOf, type Properties } from '../../../wire/values.ts'
import { orGone, type RealKind } from './real-kind.ts'

const put = (s3: S3Client, id: string, inputs: Properties) =>
  s3.send(
    new PutPublicAccessBlockCommand({
      Bucket: id,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: inputs['blockPublicAcls'] === true,
        IgnorePublicAcls: inputs['ignorePublicAcls'] === true,
        BlockPublicPolicy: inputs['blockPublicPolicy'] === true,
        RestrictPublicBuckets: inputs['restrictPublicBuckets'] === true,
      },
    }),
  )

export const publicAccess: RealKind = {
  async create({ s3 }, inputs) {
    const id = textOf(inputs['bucket'])
    await put(s3, id, inputs)
    return { id }
  },
  async read({ s3 }, id) {
    const asked = s3.send(new GetPublicAccessBlockCommand({ Bucket: id }))
    const found = await orGone(asked, 'NoSuchPublicAccessBlockConfiguration', 'NoSuchBucket')
    const block = found?.PublicAccessBlockConfiguration
    return (
      block && {
        bucket: id,
        blockPublicAcls: block.BlockPublicAcls ?? false,
        ignorePublicAcls: block.IgnorePublicAcls ?? false,
        blockPublicPolicy: block.BlockPublicPolicy ?? false,
        restrictPublicBuckets: block.RestrictPublicBuckets ?? false,
      }
    )
  },
  async update({ s3 }, id, inputs) {
    await put(s3, id, inputs)
  },
  async delete({ s3 }, id) {
    await orGone(s3.send(new DeletePublicAccessBlockCommand({ Bucket: id })), 'NoSuchBucket')
  },
}
