/** A difference, and which server is right. */
interface Explanation {
  /** Fits `path: ours | theirs`. */
  readonly where: RegExp
  /** `either`: AWS promises neither, or was seen to answer both. */
  readonly right: 'ours' | 'either'
  readonly source: string
}

const wording: Explanation = {
  where: /^message:/,
  right: 'either',
  source: "AWS's API references: the code is the contract, the wording is not",
}
const dropped: Explanation = {
  where: /\.(input|details|parentInitiatedEventId|scheduleToStartTimeout): (""|0|"NONE") \| nothing$/,
  right: 'ours',
  source: 'recordings of live SWF: empty texts, zeros and NONE stand in events',
}
const defaults: Explanation = {
  where: /activityTaskScheduledEventAttributes\.\w+Timeout: "60" \| nothing$/,
  right: 'ours',
  source: 'recordings of live SWF: the defaults of a type are resolved into the event',
}
const checksumType: Explanation = {
  where: /ChecksumType: "FULL_OBJECT" \| nothing$/,
  right: 'ours',
  source: 'API reference of S3, PutObject and GetObject: x-amz-checksum-type',
}

/** Known differences between `moto_server` 5.2 and this server, by service and call. */
export const explained: Readonly<Record<string, Readonly<Record<string, readonly Explanation[]>>>> = {
  swf: {
    'the first decision task': [
      dropped,
      {
        where: /^previousStartedEventId: 0 \| nothing$/,
        right: 'ours',
        source: 'recordings of live SWF: 0 in the first decision task',
      },
    ],
    'the second decision task': [dropped, defaults],
    'the history': [
      dropped,
      defaults,
      {
        where: /"TimerCanceled" \| "TimerCancelled"$|timerCanceledEventAttributes/,
        right: 'ours',
        source: "SWF's API model: EventType has TimerCanceled",
      },
    ],
    'signal to nobody': [
      {
        where: /^(error|message|status): .+\| ("SyntaxError"|"Unexpected token|500$)/,
        right: 'ours',
        source: 'API reference of SignalWorkflowExecution: UnknownResourceFault (theirs fails)',
      },
    ],
    'a signal before the first decision': [
      {
        where: /^types: .+Signaled" \| ".+Signaled DecisionTaskScheduled"$/,
        right: 'ours',
        source: 'developer guide of SWF, "Decision task": one scheduled task at most, which gets the signal too',
      },
    ],
  },
  sqs: {
    'another queue of that name': [wording],
    'send nothing': [
      {
        where: /./,
        right: 'ours',
        source: 'API reference of SendMessage: the minimum size of a message is one character',
      },
    ],
    'send later than can be': [wording],
    'an empty batch': [wording],
    receive: [
      {
        where: /SenderId/,
        right: 'either',
        source: 'API reference of ReceiveMessage: the id of a user or of an account; there are no users here',
      },
    ],
    'receive nothing': [
      {
        where: /\| (made up|""|"d41d8cd98f00b204e9800998ecf8427e")$/,
        right: 'ours',
        source: 'their empty message, see above',
      },
    ],
    'receive eleven': [wording],
    'show what is not in flight': [
      { where: /./, right: 'ours', source: 'API reference of ChangeMessageVisibility: MessageNotInflight' },
    ],
    'delete by no handle': [wording],
  },
  s3: {
    'a bucket of no possible name': [
      { where: /./, right: 'ours', source: "user guide of S3, bucket naming rules: small letters, no '_'" },
    ],
    put: [checksumType],
    get: [checksumType],
    copy: [{ ...checksumType, where: /CopyObjectResult\.ChecksumType/ }],
    'put with a wrong MD5': [{ where: /./, right: 'ours', source: 'API reference of S3, PutObject: BadDigest' }],
    'get the end': [
      {
        where: /^ChecksumCRC32: nothing/,
        right: 'ours',
        source:
          'API reference of S3, GetObject: the checksum is that of the whole object, with which a part never agrees',
      },
    ],
    'get if changed': [
      { where: /./, right: 'ours', source: 'API reference of S3, GetObject, If-None-Match: 304 Not Modified' },
    ],
    'list as it once was': [
      {
        where: /^(IsTruncated|Marker|NextMarker|Prefix|Contents)/,
        right: 'ours',
        source:
          'API reference of S3, ListObjects: CommonPrefixes count towards MaxKeys; Prefix and Marker are echoed, empty too',
      },
    ],
    'complete what was never begun': [
      {
        where: /./,
        right: 'ours',
        source: 'API reference of S3, CompleteMultipartUpload: NoSuchUpload (theirs fails)',
      },
    ],
    'delete a bucket that holds something': [wording],
  },
}
