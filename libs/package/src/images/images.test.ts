import { imageDerivatives } from '@continuum/article'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { tiff } from '../testing/sample.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { fileIn } from '../testing/zips.ts'
import { imageSize } from './decode.ts'
import { NotAnImageError } from './not-an-image.ts'
import { deriveImages } from './derive.ts'

async function derive(image: Buffer, kind: 'figure' | 'inline' = 'figure'): Promise<Map<string, Buffer>> {
  const path = await fileIn(await temporaryFolder(), 'a.tif', image)
  const size = await imageSize(path)
  const made = new Map<string, Buffer>()
  for await (const { derivative, bytes } of deriveImages(path, size, imageDerivatives('a-v1.tif', kind, size))) {
    made.set(derivative.name, bytes)
  }
  return made
}

/** The colour in the middle. */
async function colourOf(image: Buffer | undefined): Promise<number[]> {
  const { data } = await sharp(image)
    .extract({ left: 5, top: 5, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return [...data.subarray(0, 3)]
}

test('widths beyond the original are encoded once, however many they are', async () => {
  const made = await derive(await tiff({ width: 701, height: 353 }))
  const beyond = ['742w', '972w', '1022w', '1084w', '1484w'].map((width) => made.get(`a-v1-${width}.jpg`))
  expect(new Set([made.get('a-v1.jpg'), ...beyond]).size).toBe(1)
  expect(made.get('a-v1-600w.jpg')).not.toBe(made.get('a-v1.jpg'))
})

test('a figure gets every width under its name, none enlarged, heights rounded down', async () => {
  const made = await derive(await tiff({ width: 701, height: 353 }))
  const sizes: Record<string, string> = {}
  for (const [name, bytes] of made) {
    const { format, width, height } = await sharp(bytes).metadata()
    sizes[name] = `${format} ${width}x${height}`
  }
  expect(sizes).toMatchObject({
    'a-v1.jpg': 'jpeg 701x353',
    'a-v1-300w.jpg': 'jpeg 300x151',
    'a-v1-600w.jpg': 'jpeg 600x302',
    'a-v1-742w.jpg': 'jpeg 701x353',
    'a-v1-1484w.jpg': 'jpeg 701x353',
    'a-v1-80w.gif': 'gif 80x40',
  })
  expect(made.size).toBe(12)
})

test('an inline image gets its own size only', async () => {
  expect([...(await derive(await tiff(), 'inline')).keys()]).toEqual(['a-v1.jpg'])
})

test('derivatives are sRGB at 96 dots per inch, whatever the original is', async () => {
  for (const image of [await tiff(), await tiff({ cmyk: true })]) {
    const metadata = await sharp((await derive(image)).get('a-v1-300w.jpg')).metadata()
    expect(metadata).toMatchObject({ space: 'srgb', channels: 3, density: 96 })
  }
})

test('what is transparent becomes white, not black', async () => {
  const clear = await sharp({
    create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .tiff({ compression: 'lzw' })
    .toBuffer()
  const [red = 0] = await colourOf((await derive(clear)).get('a-v1.jpg'))
  expect(red).toBeGreaterThan(250)
})

test('CMYK ink is shown as the colour it prints', async () => {
  const [red = 0, green = 255] = await colourOf((await derive(await tiff({ cmyk: true }))).get('a-v1.jpg'))
  expect(red - green).toBeGreaterThan(100)
})

test('an original too large for memory makes the same derivatives', async () => {
  const made = await derive(await tiff({ width: 5_000, height: 3_000 }))
  const { width, height } = await sharp(made.get('a-v1-600w.jpg')).metadata()
  expect([width, height]).toEqual([600, 360])
  expect(made.size).toBe(12)
})

test('derivatives of an original that is reduced first look as if each were made of it', async () => {
  // Rings become finer outwards: where a resampling skips pixels, they turn into others.
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="4600" height="600"><rect width="4600" height="600" fill="white"/>${Array.from(
    { length: 100 },
    (_, at) =>
      `<circle cx="2300" cy="300" r="${25 * Math.sqrt(at + 1) * 10}" fill="none" stroke="rgb(${at * 2},0,${200 - at * 2})" stroke-width="6"/>`,
  ).join('')}</svg>`
  const original = await sharp(Buffer.from(svg))
    .flatten({ background: 'white' })
    .tiff({ compression: 'lzw' })
    .toBuffer()
  const made = await derive(original)
  const pixels = (image: Buffer) => sharp(image).raw().toBuffer()
  for (const [width, height] of [
    [1484, 193],
    [742, 96],
    [300, 39],
  ] as const) {
    const direct = await sharp(original).resize(width, height, { fit: 'fill' }).jpeg({ quality: 85 }).toBuffer()
    const [ours, theirs] = [await pixels(made.get(`a-v1-${width}w.jpg`) ?? Buffer.alloc(0)), await pixels(direct)]
    const squares = ours.reduce((sum, value, at) => sum + (value - (theirs[at] ?? 0)) ** 2, 0)
    // Of 255. Where the reduction takes the nearest pixel instead, it is 10.
    expect(Math.sqrt(squares / ours.length)).toBeLessThan(6)
  }
})

test('an image on its side is turned upright', async () => {
  const lying = await sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } })
    .withMetadata({ orientation: 6 })
    .tiff()
    .toBuffer()
  const path = await fileIn(await temporaryFolder(), 'a.tif', lying)
  expect(await imageSize(path)).toEqual({ width: 20, height: 40 })
  const { width, height } = await sharp((await derive(lying)).get('a-v1.jpg')).metadata()
  expect([width, height]).toEqual([20, 40])
})

test('a file that is not an image, or is a truncated one, is rejected', async () => {
  await expect(derive(Buffer.from('not an image'))).rejects.toMatchObject({ name: 'NotAnImageError', retry: false })
  const whole = await sharp({ create: { width: 900, height: 900, channels: 3, background: 'red' } })
    .tiff({ compression: 'none' })
    .toBuffer()
  const cut = Buffer.from(whole).fill(0, whole.length - 2_000)
  await expect(derive(cut.subarray(0, whole.length - 1_000_000))).rejects.toMatchObject({ name: 'NotAnImageError' })
})

test('a vector graphic is drawn large enough for every width', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="200" height="100" fill="red"/></svg>'
  const made = await derive(Buffer.from(svg))
  expect(await sharp(made.get('a-v1-1484w.jpg')).metadata()).toMatchObject({ width: 1484, height: 742 })
})

test('what is no image is told in the words of the decoder, without a path', async () => {
  await expect(derive(Buffer.from('%PDF-1.4 a page'))).rejects.toThrow(/^(?!.*\/).*unsupported image format$/)
})

test('each of many that are no image is told its own fault, however many are read at once', async () => {
  const folder = await temporaryFolder()
  const picture = sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
  const [jpeg, webp, gif] = [
    await picture.jpeg().toBuffer(),
    await picture.webp().toBuffer(),
    await picture.gif().toBuffer(),
  ]
  const reasonOf = async (path: string) => {
    try {
      await imageSize(path)
      return ''
    } catch (error) {
      if (error instanceof NotAnImageError) return error.message
      throw error
    }
  }
  const cut = [jpeg.subarray(0, 100), webp.subarray(0, 20), gif.subarray(0, 8)]
  const kinds = [await tiff(), Buffer.from('none'), Buffer.alloc(0), ...cut]
  const files = await Promise.all(kinds.map((bytes, at) => fileIn(folder, `a${at}.tif`, bytes)))
  const expected: string[] = []
  for (const path of files) expected.push(await reasonOf(path))
  expect(expected.slice(0, 3)).toEqual(['', 'Input file contains unsupported image format', 'it is empty (0 bytes)'])
  expect(new Set(expected).size).toBe(files.length)
  const many = Array.from({ length: 60 }, (_, at) => at % files.length)
  const found = await Promise.all(many.map((at) => reasonOf(files[at] ?? '')))
  expect(found).toEqual(many.map((at) => expected[at]))
})
