import { access, chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { imageDerivatives } from '@continuum/article'
import sharp from 'sharp'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { fileIn } from '../testing/zips.ts'
import { drawPage } from './converter.ts'
import { imageSize } from './decode.ts'
import { deriveImages } from './derive.ts'

afterEach(() => void vi.unstubAllEnvs())

const eps = (program = '1 0 0 setrgbcolor 0 0 200 100 rectfill') =>
  Buffer.from(`%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 200 100\n%%EndComments\n${program}\nshowpage\n%%EOF\n`)

/** A PDF of red pages. Without a table of its objects, which every reader then makes for itself. */
function pdf(pages = 1): Buffer {
  const kids = Array.from({ length: pages }, (_, at) => `${at + 4} 0 R`)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages} >>`,
    '<< /Length 31 >>\nstream\n1 0 0 rg 0 0 300 300 re f      \nendstream',
    ...kids.map(() => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 200] /Contents 3 0 R /Resources << >> >>'),
  ]
  const body = objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`)
  return Buffer.from(`%PDF-1.4\n${body.join('')}trailer\n<< /Root 1 0 R >>\n%%EOF\n`)
}

/** Puts a program of that name alone on PATH; it is a shell script. */
async function onlyProgram(name: string, script: string): Promise<string> {
  const folder = await temporaryFolder()
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  vi.stubEnv('PATH', folder)
  return folder
}

describe('without a converter', () => {
  test.each([
    ['fig1.eps', eps(), 'it is an EPS, and no program that draws one (gs) is installed'],
    ['fig1.PDF', pdf(), 'it is a PDF, and no program that draws one (pdftoppm or gs) is installed'],
  ])('%s is refused with what to deliver', async (name, bytes, message) => {
    vi.stubEnv('PATH', await temporaryFolder())
    const path = await fileIn(await temporaryFolder(), name, bytes)
    await expect(imageSize(path)).rejects.toThrow(message)
    await expect(imageSize(path)).rejects.toThrow('deliver it as TIFF, PNG, JPEG or SVG')
  })

  test('an image that is only named EPS is read as what it is', async () => {
    vi.stubEnv('PATH', '')
    const png = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    expect(await imageSize(await fileIn(await temporaryFolder(), 'fig1.eps', png))).toEqual({ width: 30, height: 20 })
  })

  test('a PDF that is named TIFF is no image', async () => {
    const path = await fileIn(await temporaryFolder(), 'fig1.tif', pdf())
    await expect(imageSize(path)).rejects.toThrow('unsupported image format')
  })
})

describe('a converter is started', () => {
  const picture = () =>
    sharp({ create: { width: 50, height: 25, channels: 3, background: 'red' } })
      .png()
      .toBuffer()

  test('safely, for one page and at the resolution that the page needs, and leaves nothing behind', async () => {
    const tools = await onlyProgram(
      'gs',
      'echo "$@" >> "${0%/*}/arguments"; /usr/bin/env >> "${0%/*}/environment"; /bin/cp "${0%/*}/page.png" page-1.png',
    )
    vi.stubEnv('SECRET_OF_THE_WORKER', 'secret')
    await fileIn(tools, 'page.png', await picture())
    const folder = await temporaryFolder()
    const path = await fileIn(folder, '-dNOSAFER %pipe%id.eps', eps())
    {
      await using page = await drawPage(path)
      expect((await sharp(page?.path).metadata()).width).toBe(50)
    }
    const read = (name: string) => readFile(join(tools, name), 'utf8')
    const [coarse, fine] = (await read('arguments')).split('\n')
    expect(coarse).toBe(
      '-q -dSAFER -dBATCH -dNOPAUSE -sDEVICE=png16m -dTextAlphaBits=4 -dGraphicsAlphaBits=4 -dEPSCrop -r18 -sOutputFile=page-%d.png figure.eps',
    )
    // 50 pixels at 18 dots per inch are 2.78 inches: 4,000 pixels at 1440.
    expect(fine).toBe(coarse?.replace('-r18', '-r1440'))
    expect(await read('environment')).not.toContain('SECRET_OF_THE_WORKER')
    expect(await readdir(folder)).toEqual(['-dNOSAFER %pipe%id.eps'])
  })

  test('and one that draws several pages is told', async () => {
    const tools = await onlyProgram('pdftoppm', 'for at in 1 2; do /bin/cp "${0%/*}/page.png" page-$at.png; done')
    await fileIn(tools, 'page.png', await picture())
    const drawing = drawPage(await fileIn(await temporaryFolder(), 'a.pdf', pdf(2)))
    await expect(drawing).rejects.toThrow('it has several pages: deliver one file per figure')
  })

  test('and its own words are told in short, without the scratch folder', async () => {
    await onlyProgram('gs', 'echo "Error: /undefined in $PWD/figure.eps"; echo "Operand stack:"; exit 1')
    const drawing = drawPage(await fileIn(await temporaryFolder(), 'a.eps', eps()))
    await expect(drawing).rejects.toThrow(/^it cannot be drawn \(Error: \/undefined in \/figure\.eps\)$/)
  })

  test('and ends after its time', async () => {
    await onlyProgram('gs', 'exec /bin/sleep 30')
    const folder = await temporaryFolder()
    const drawing = drawPage(await fileIn(folder, 'a.eps', eps()), 0.2)
    await expect(drawing).rejects.toThrow('takes more than 0.2 seconds')
    expect(await readdir(folder)).toEqual(['a.eps'])
  })
})

const isInstalled = async (program: string) =>
  (
    await Promise.all(
      (process.env['PATH'] ?? '').split(delimiter).map((folder) =>
        access(join(folder, program)).then(
          () => true,
          () => false,
        ),
      ),
    )
  ).includes(true)
const hasGhostscript = await isInstalled('gs')

describe.skipIf(!hasGhostscript)('Ghostscript', () => {
  test.each([
    ['fig1.eps', eps(), { width: 4000, height: 2000 }],
    ['fig1.pdf', pdf(), { width: 2000, height: 4000 }],
  ])('draws %s large enough for every width', async (name, bytes, expected) => {
    const path = await fileIn(await temporaryFolder(), name, bytes)
    const size = await imageSize(path)
    expect(Math.abs(size.width - expected.width)).toBeLessThan(60)
    expect(Math.abs(size.height - expected.height)).toBeLessThan(60)
    for await (const { derivative, bytes: image } of deriveImages(path, size, imageDerivatives(name, 'figure', size))) {
      if (derivative.name !== 'fig1-300w.jpg') continue
      const { channels } = await sharp(image).stats()
      expect(channels.map(({ mean }) => Math.round(mean / 50))).toEqual([5, 0, 0])
    }
  })

  test('may neither read nor write nor run anything', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'in'))
    for (const [at, program] of [
      `(/etc/hosts) (r) file pop`,
      `(${folder}/written) (w) file pop`,
      `(%pipe%touch ${folder}/written) (w) file pop`,
    ].entries()) {
      const path = await fileIn(join(folder, 'in'), `a${at}.eps`, eps(program))
      await expect(imageSize(path)).rejects.toThrow(/it cannot be drawn \(.*invalidfileaccess/)
    }
    expect(await readdir(folder)).toEqual(['in'])
  })

  test('is told of a damaged file in its own words', async () => {
    const path = await fileIn(await temporaryFolder(), 'a.eps', eps('this is no PostScript'))
    await expect(imageSize(path)).rejects.toThrow(/^it cannot be drawn \(Error: \/undefined in this\)$/)
  })
})

describe.skipIf(!(await isInstalled('pdftoppm')))('Poppler', () => {
  test('refuses a PDF of several pages, and what is damaged', async () => {
    const folder = await temporaryFolder()
    await expect(imageSize(await fileIn(folder, 'a.pdf', pdf(12)))).rejects.toThrow('it has several pages')
    const broken = await fileIn(folder, 'b.pdf', Buffer.from('%PDF-1.4 a page'))
    await expect(imageSize(broken)).rejects.toThrow(/^it cannot be drawn \((?!.*\/tmp).+\)$/)
  })
})
