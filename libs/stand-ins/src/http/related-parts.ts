/** A part of a `multipart/related` body. */
export interface RelatedPart {
  /** `name` of its Content-Disposition. */
  readonly name: string
  readonly content: Buffer
}

/** Reads a `multipart/related` or `multipart/form-data` body; one of another type has no parts. */
export function readRelatedParts(body: Buffer, contentType: string | undefined): readonly RelatedPart[] {
  const boundary = /^multipart\/[^;]+;.*boundary="?([^";]+)"?/i.exec(contentType ?? '')?.[1]
  if (boundary === undefined) return []
  const mark = Buffer.from(`--${boundary}`)
  const parts: RelatedPart[] = []
  for (let start = body.indexOf(mark); start >= 0;) {
    const next = body.indexOf(mark, start + mark.length)
    if (next < 0) break
    const part = body.subarray(start + mark.length + 2, next - 2)
    const head = part.indexOf('\r\n\r\n')
    const name = /name="([^"]*)"/i.exec(part.subarray(0, Math.max(0, head)).toString('utf8'))?.[1]
    if (head >= 0 && name !== undefined) parts.push({ name, content: part.subarray(head + 4) })
    start = next
  }
  return parts
}
