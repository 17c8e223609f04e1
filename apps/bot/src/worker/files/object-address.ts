/** The address of an object. */
export interface ObjectAddress {
  readonly bucket: string
  readonly key: string
}
