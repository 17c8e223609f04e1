export type Tags = Readonly<Record<string, string>>

/** An object without its bytes: headers, metadata, tags and storage class. */
export interface Description {
  /** Content-Type and similar headers, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** `x-amz-meta-*` without that prefix. */
  readonly metadata: Readonly<Record<string, string>>
  readonly tags: Tags
  readonly storageClass: string
}
