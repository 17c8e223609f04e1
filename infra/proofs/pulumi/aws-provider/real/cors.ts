import { DeleteBucketCorsCommand, GetBucketCorsCommand, PutBucketCorsCommand, type S3Client } from '@aws-sdk/client-s3'
import { isObject, textOf, type Properties, type Value } from '../../../wire/values.ts'
import { orGone, type RealKind } from './real-kind.ts'

const texts = (value: Value | undefined): string[] => (Array.isArray(value) ? value.map(textOf) : [])

const put = (s3: S3Client, id: string, { corsRules }: Properties) =>
  s3.send(
    new PutBucketCorsCommand({
      Bucket: id,
      CORSConfiguration: {
        CORSRules: (Array.isArray(corsRules) ? corsRules : []).filter(isObject).map((rule) => ({
          AllowedMethods: texts(rule['allowedMethods']),
          AllowedOrigins: texts(rule['allowedOrigins']),
          ...(rule['maxAgeSeconds'] !== undefined && { MaxAgeSeconds: Number(rule['maxAgeSeconds']) }),
        })),
      },
    }),
  )

export const cors: RealKind = {
  async create({ s3 }, inputs) {
    const id = textOf(inputs['bucket'])
    await put(s3, id, inputs)
    return { id }
  },
  async read({ s3 }, id) {
    const found = await orGone(
      s3.send(new GetBucketCorsCommand({ Bucket: id })),
      'NoSuchCORSConfiguration',
      'NoSuchBucket',
    )
    const corsRules = found?.CORSRules?.map(({ AllowedMethods, AllowedOrigins, MaxAgeSeconds }) => ({
      allowedMethods: AllowedMethods ?? [],
      allowedOrigins: AllowedOrigins ?? [],
      ...(MaxAgeSeconds !== undefined && { maxAgeSeconds: MaxAgeSeconds }),
    }))
    return corsRules && { bucket: id, corsRules }
  },
  async update({ s3 }, id, inputs) {
    await put(s3, id, inputs)
  },
  async delete({ s3 }, id) {
    await orGone(s3.send(new DeleteBucketCorsCommand({ Bucket: id })), 'NoSuchBucket')
  },
}
