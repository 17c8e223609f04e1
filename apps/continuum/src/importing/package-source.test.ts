import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { Bucket, packageFile, startDroppingS3 } from '../feeding/dropping-s3.fixture.ts'
import { packageSource } from './package-source.ts'

test('a package of a folder arrives whole although connections were dropped', async () => {
  const { s3, head, pauses, pause } = await startDroppingS3('in the middle', 2)
  const { path, md5 } = packageFile()
  const source = packageSource(join(path, '..'), s3, '/', { pause })
  const put = await source.put(basename(path), { bucket: Bucket, key: 'imports/one.zip' }, { deposits: 'yes' })
  expect(put).toEqual({ etag: md5, bytes: 6_000_000 })
  expect(await head('imports/one.zip')).toMatchObject({ ETag: `"${md5}"`, Metadata: { deposits: 'yes' } })
  expect(pauses).toEqual([500, 1000])
})
