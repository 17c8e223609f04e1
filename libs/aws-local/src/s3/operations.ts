import {
  deleteBucketCors,
  deleteBucketPolicy,
  getBucketCors,
  getBucketNotification,
  getBucketPolicy,
  putBucketCors,
  putBucketNotification,
  putBucketPolicy,
} from './bucket-configurations.ts'
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from './buckets.ts'
import { preflight } from './cross-origin.ts'
import { copyObject } from './copy-object.ts'
import { deleteObject, deleteObjects } from './delete-object.ts'
import { listObjects, listObjectsV2 } from './lists.ts'
import { abortMultipartUpload, completeMultipartUpload, createMultipartUpload } from './multipart.ts'
import { listParts, uploadPart, uploadPartCopy } from './parts.ts'
import { deletePublicAccessBlock, getPublicAccessBlock, putPublicAccessBlock } from './public-access.ts'
import { getObject, headObject } from './read-object.ts'
import type { Operation } from './s3.ts'
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './tagging.ts'
import { listMultipartUploads } from './upload-list.ts'
import { putObject } from './write-object.ts'

/** What carries out each operation of the route table. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    ListBuckets: listBuckets,
    CreateBucket: createBucket,
    HeadBucket: headBucket,
    DeleteBucket: deleteBucket,
    GetBucketLocation: getBucketLocation,
    GetBucketNotificationConfiguration: getBucketNotification,
    PutBucketNotificationConfiguration: putBucketNotification,
    GetBucketPolicy: getBucketPolicy,
    PutBucketPolicy: putBucketPolicy,
    DeleteBucketPolicy: deleteBucketPolicy,
    GetBucketCors: getBucketCors,
    PutBucketCors: putBucketCors,
    DeleteBucketCors: deleteBucketCors,
    Preflight: preflight,
    GetPublicAccessBlock: getPublicAccessBlock,
    PutPublicAccessBlock: putPublicAccessBlock,
    DeletePublicAccessBlock: deletePublicAccessBlock,
    ListObjects: listObjects,
    ListObjectsV2: listObjectsV2,
    ListMultipartUploads: listMultipartUploads,
    DeleteObjects: deleteObjects,
    GetObject: getObject,
    HeadObject: headObject,
    PutObject: putObject,
    CopyObject: copyObject,
    DeleteObject: deleteObject,
    GetObjectTagging: getObjectTagging,
    PutObjectTagging: putObjectTagging,
    DeleteObjectTagging: deleteObjectTagging,
    CreateMultipartUpload: createMultipartUpload,
    UploadPart: uploadPart,
    UploadPartCopy: uploadPartCopy,
    CompleteMultipartUpload: completeMultipartUpload,
    AbortMultipartUpload: abortMultipartUpload,
    ListParts: listParts,
  }),
)
