import { S3Error } from './errors.ts'
import { childrenOf, onlyChildren, readXml } from './xml-reader.ts'

const methods = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE']

/** Throws MalformedXML or InvalidRequest unless this is a CORSConfiguration that S3 would store. */
export function checkCors(document: string): void {
  const root = readXml(document, 'CORSConfiguration')
  onlyChildren(root, ['CORSRule'])
  if (root.children.length === 0 || root.children.length > 100) throw new S3Error('MalformedXML')
  for (const rule of root.children) {
    onlyChildren(rule, ['ID', 'AllowedOrigin', 'AllowedMethod', 'AllowedHeader', 'ExposeHeader', 'MaxAgeSeconds'])
    const allowed = childrenOf(rule, 'AllowedMethod').map((method) => method.text)
    if (allowed.length === 0 || childrenOf(rule, 'AllowedOrigin').length === 0) throw new S3Error('MalformedXML')
    const unknown = allowed.find((method) => !methods.includes(method))
    if (unknown !== undefined)
      throw new S3Error(
        'InvalidRequest',
        `Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`,
      )
  }
}
