import {
  deleteBucketCors,
  deleteBucketPolicy,
  getBucketCors,
  getBucketNotification,
  getBucketPolicy,
  putBucketCors,
  putBucketNotification,
  putBucketPolicy,
} from './operation/bucket-configurations.ts'
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from './operation/buckets.ts'
import { preflight } from './operation/cross-origin.ts'
import { copyObject } from './operation/copy-object.ts'
import { deleteObject, deleteObjects } from './operation/delete-object.ts'
import { listObjects, listObjectsV2 } from './operation/lists.ts'
import { abortMultipartUpload, completeMultipartUpload, createMultipartUpload } from './operation/multipart.ts'
import { listParts, uploadPart, uploadPartCopy } from './operation/parts.ts'
import { deletePublicAccessBlock, getPublicAccessBlock, putPublicAccessBlock } from './operation/public-access.ts'
import { getObject, headObject } from './operation/read-object.ts'
import { getObjectAttributes } from './operation/object-attributes.ts'
import type { Operation } from './operation/s3.ts'
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './operation/tagging.ts'
import { listMultipartUploads } from './operation/upload-list.ts'
import { putObject } from './operation/write-object.ts'

/** The implementation of each operation in the route table. */
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
    GetObjectAttributes: getObjectAttributes,
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
