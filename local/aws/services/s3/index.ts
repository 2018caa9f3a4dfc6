import type { Operation } from '../../core/operation.ts'
import abortMultipartUpload from './abort-multipart-upload.ts'
import bucketEncryption from './bucket-encryption.ts'
import bucketLifecycle from './bucket-lifecycle.ts'
import bucketNotification from './bucket-notification.ts'
import bucketOwnershipControls from './bucket-ownership-controls.ts'
import bucketPolicy from './bucket-policy.ts'
import bucketPublicAccessBlock from './bucket-public-access-block.ts'
import bucketTagging from './bucket-tagging.ts'
import bucketVersioning from './bucket-versioning.ts'
import completeMultipartUpload from './complete-multipart-upload.ts'
import copyObject from './copy-object.ts'
import createBucket from './create-bucket.ts'
import createMultipartUpload from './create-multipart-upload.ts'
import deleteBucket from './delete-bucket.ts'
import deleteObject from './delete-object.ts'
import deleteObjectTagging from './delete-object-tagging.ts'
import deleteObjects from './delete-objects.ts'
import getBucketLocation from './get-bucket-location.ts'
import getObject from './get-object.ts'
import getObjectTagging from './get-object-tagging.ts'
import headBucket from './head-bucket.ts'
import headObject from './head-object.ts'
import listBuckets from './list-buckets.ts'
import listMultipartUploads from './list-multipart-uploads.ts'
import listObjectVersions from './list-object-versions.ts'
import listObjectsV2 from './list-objects-v2.ts'
import listObjects from './list-objects.ts'
import listParts from './list-parts.ts'
import putObjectTagging from './put-object-tagging.ts'
import putObject from './put-object.ts'
import { resourcePolicy } from './resource-policy.ts'
import uploadPart from './upload-part.ts'
import uploadPartCopy from './upload-part-copy.ts'

export const operations: Operation[] = [
  createBucket,
  headBucket,
  deleteBucket,
  listBuckets,
  getBucketLocation,
  ...bucketVersioning,
  ...bucketEncryption,
  ...bucketPublicAccessBlock,
  ...bucketPolicy,
  ...bucketLifecycle,
  ...bucketNotification,
  ...bucketTagging,
  ...bucketOwnershipControls,
  putObject,
  getObject,
  headObject,
  deleteObject,
  deleteObjects,
  getObjectTagging,
  putObjectTagging,
  deleteObjectTagging,
  copyObject,
  listObjectsV2,
  listObjects,
  listObjectVersions,
  createMultipartUpload,
  uploadPart,
  uploadPartCopy,
  completeMultipartUpload,
  abortMultipartUpload,
  listParts,
  listMultipartUploads,
]

export const resourcePolicies = { s3: resourcePolicy }
