/** Where REST services keep members outside path and body; header names in lower case. */
export interface RestMembers {
  readonly headers: Readonly<Record<string, string>>
  /** Query parameters with another name than their member; the rest keep their name. */
  readonly query: Readonly<Record<string, string>>
}

const s3: RestMembers = {
  headers: {
    'accept-ranges': 'AcceptRanges',
    'cache-control': 'CacheControl',
    'content-disposition': 'ContentDisposition',
    'content-encoding': 'ContentEncoding',
    'content-language': 'ContentLanguage',
    'content-length': 'ContentLength',
    'content-range': 'ContentRange',
    'content-type': 'ContentType',
    etag: 'ETag',
    expires: 'Expires',
    'if-match': 'IfMatch',
    'if-modified-since': 'IfModifiedSince',
    'if-none-match': 'IfNoneMatch',
    'if-unmodified-since': 'IfUnmodifiedSince',
    'last-modified': 'LastModified',
    location: 'Location',
    range: 'Range',
    'x-amz-acl': 'ACL',
    'x-amz-bucket-region': 'BucketRegion',
    'x-amz-checksum-algorithm': 'ChecksumAlgorithm',
    'x-amz-checksum-crc32': 'ChecksumCRC32',
    'x-amz-checksum-crc32c': 'ChecksumCRC32C',
    'x-amz-checksum-crc64nvme': 'ChecksumCRC64NVME',
    'x-amz-checksum-mode': 'ChecksumMode',
    'x-amz-checksum-sha1': 'ChecksumSHA1',
    'x-amz-checksum-sha256': 'ChecksumSHA256',
    'x-amz-checksum-type': 'ChecksumType',
    'x-amz-copy-source': 'CopySource',
    'x-amz-copy-source-if-match': 'CopySourceIfMatch',
    'x-amz-copy-source-if-none-match': 'CopySourceIfNoneMatch',
    'x-amz-copy-source-range': 'CopySourceRange',
    'x-amz-delete-marker': 'DeleteMarker',
    'x-amz-expected-bucket-owner': 'ExpectedBucketOwner',
    'x-amz-metadata-directive': 'MetadataDirective',
    'x-amz-mp-parts-count': 'PartsCount',
    'x-amz-sdk-checksum-algorithm': 'ChecksumAlgorithm',
    'x-amz-server-side-encryption': 'ServerSideEncryption',
    'x-amz-server-side-encryption-aws-kms-key-id': 'SSEKMSKeyId',
    'x-amz-server-side-encryption-bucket-key-enabled': 'BucketKeyEnabled',
    'x-amz-storage-class': 'StorageClass',
    'x-amz-tagging': 'Tagging',
    'x-amz-tagging-count': 'TagCount',
    'x-amz-tagging-directive': 'TaggingDirective',
    'x-amz-version-id': 'VersionId',
  },
  query: {
    'continuation-token': 'ContinuationToken',
    delimiter: 'Delimiter',
    'encoding-type': 'EncodingType',
    'fetch-owner': 'FetchOwner',
    'key-marker': 'KeyMarker',
    marker: 'Marker',
    'max-keys': 'MaxKeys',
    'max-parts': 'MaxParts',
    'max-uploads': 'MaxUploads',
    'part-number-marker': 'PartNumberMarker',
    partNumber: 'PartNumber',
    prefix: 'Prefix',
    'response-cache-control': 'ResponseCacheControl',
    'response-content-disposition': 'ResponseContentDisposition',
    'response-content-type': 'ResponseContentType',
    'start-after': 'StartAfter',
    'upload-id-marker': 'UploadIdMarker',
    uploadId: 'UploadId',
    'version-id-marker': 'VersionIdMarker',
    versionId: 'VersionId',
  },
}

const sagemaker: RestMembers = {
  headers: {
    accept: 'Accept',
    'content-type': 'ContentType',
    'x-amzn-sagemaker-accept': 'Accept',
    'x-amzn-sagemaker-content-type': 'ContentType',
    'x-amzn-sagemaker-custom-attributes': 'CustomAttributes',
    'x-amzn-sagemaker-enable-explanations': 'EnableExplanations',
    'x-amzn-sagemaker-inference-component': 'InferenceComponentName',
    'x-amzn-sagemaker-inference-id': 'InferenceId',
    'x-amzn-sagemaker-session-id': 'SessionId',
    'x-amzn-sagemaker-target-container-hostname': 'TargetContainerHostname',
    'x-amzn-sagemaker-target-model': 'TargetModel',
    'x-amzn-sagemaker-target-variant': 'TargetVariant',
  },
  query: {},
}

const lambda: RestMembers = {
  headers: {
    'x-amz-client-context': 'ClientContext',
    'x-amz-invocation-type': 'InvocationType',
    'x-amz-log-type': 'LogType',
  },
  query: { tagKeys: 'TagKeys' },
}

const none: RestMembers = { headers: {}, query: {} }

export const restMembers = (service: string): RestMembers =>
  service === 's3' ? s3 : service === 'lambda' ? lambda : service === 'sagemaker' ? sagemaker : none
