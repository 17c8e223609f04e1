import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createChunkDecoder } from './chunk-framing.ts'

const frame = (content: Uint8Array, signed: boolean): Buffer =>
  Buffer.concat([
    Buffer.from(`${content.length.toString(16)}${signed ? ';chunk-signature=0f' : ''}\r\n`),
    content,
    Buffer.from('\r\n'),
  ])

function decode(body: Buffer, cuts: readonly number[]) {
  const decoder = createChunkDecoder()
  const at = [...cuts, 0, body.length].map((cut) => Math.min(cut, body.length)).toSorted((a, b) => a - b)
  const content = at.slice(1).flatMap((end, index) => decoder.push(body.subarray(at[index], end)))
  return { content: Buffer.concat(content), trailers: decoder.end() }
}

test('the content comes out however the body is framed and wherever the network cuts it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 5 }),
      fc.boolean(),
      fc.array(fc.nat(300), { maxLength: 20 }),
      (chunks, signed, cuts) => {
        const end = Buffer.from('0\r\nx-amz-checksum-crc32:sOO8/Q==\r\n\r\n')
        const body = Buffer.concat([...chunks.map((chunk) => frame(chunk, signed)), end])
        const { content, trailers } = decode(body, cuts)
        expect(content).toEqual(Buffer.concat(chunks))
        expect([...trailers]).toEqual([['x-amz-checksum-crc32', 'sOO8/Q==']])
      },
    ),
  )
})

test('a body that ends early or is not framed is refused', () => {
  const whole = Buffer.concat([frame(Buffer.from('hello'), false), Buffer.from('0\r\n\r\n')])
  expect(decode(whole, []).content.toString()).toBe('hello')
  for (let end = 0; end < whole.length; end++)
    expect(() => decode(whole.subarray(0, end), [])).toThrow(/terminated unexpectedly/)
  expect(() => decode(Buffer.from('hello\r\n'), [])).toThrow()
  expect(() => decode(Buffer.from('2\r\nhello\r\n0\r\n\r\n'), [])).toThrow()
  expect(() => decode(Buffer.concat([whole, Buffer.from('more')]), [])).toThrow()
  expect(() => decode(Buffer.alloc(20_000, 0x61), [])).toThrow()
})
