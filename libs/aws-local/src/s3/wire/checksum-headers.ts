import { checksumElement, type Checksum } from '../model/checksums.ts'

/** How a checksum is told in the headers of a reply. */
export const checksumHeaders = (checksum: Checksum | undefined): Record<string, string> =>
  checksum ? { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value, 'x-amz-checksum-type': checksum.type } : {}

/** How a checksum is told in the XML of a reply. */
export const checksumXml = (checksum: Checksum | undefined): Record<string, string> =>
  checksum ? { [checksumElement(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type } : {}
