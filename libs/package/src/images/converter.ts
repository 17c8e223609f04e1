import { spawn } from 'node:child_process'
import { access, constants, link, mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { delimiter, extname, join } from 'node:path'
import sharp from 'sharp'
import { NotAnImageError } from './not-an-image.ts'

/** A page that was drawn: a PNG in a folder of its own, which is removed when it is disposed of. */
export interface DrawnPage extends AsyncDisposable {
  readonly path: string
}

type PageFormat = 'EPS' | 'PDF'

/** A program that draws pages. It is started in the folder of its input, so that no path is in its arguments or its words. */
interface Converter {
  readonly command: string
  readonly formats: readonly PageFormat[]
  readonly argumentsFor: (format: PageFormat, input: string, dotsPerInch: number) => readonly string[]
}

const antialiased = ['-dTextAlphaBits=4', '-dGraphicsAlphaBits=4']
const ghostscript = ['-q', '-dSAFER', '-dBATCH', '-dNOPAUSE', '-sDEVICE=png16m', ...antialiased]

/** Poppler draws PDFs and runs no programs that are in them; Ghostscript draws both, and -dSAFER keeps PostScript off the disk. */
const converters: readonly Converter[] = [
  {
    command: 'pdftoppm',
    formats: ['PDF'],
    argumentsFor: (_, input, dotsPerInch) => ['-png', '-cropbox', '-l', '2', '-r', `${dotsPerInch}`, input, 'page'],
  },
  {
    command: 'gs',
    formats: ['EPS', 'PDF'],
    argumentsFor: (format, input, dotsPerInch) => [
      ...ghostscript,
      ...(format === 'EPS' ? ['-dEPSCrop'] : ['-dUseCropBox', '-dLastPage=2']),
      `-r${dotsPerInch}`,
      '-sOutputFile=page-%d.png',
      input,
    ],
  },
]

/** Pages are drawn with about this many pixels on their longer side: an A4 page at 340 dots per inch. */
const drawnPixels = 4_000
/** A first, coarse drawing tells how large the page is and whether it is alone, whatever the file says of itself. */
const coarseDotsPerInch = 18
const maxDotsPerInch = 2_400

/** Limits of a converter: PostScript is a program, and may be meant to never end. */
const limits = { memoryKilobytes: 2 * 1024 ** 2, blocksPerFile: 512 * 1024 }

/** Of a converter's words, the most that are read. */
const maxWords = 4_000

/**
 * Draws a figure that is delivered as EPS or PDF, in a folder beside it; undefined for a file that is neither by its name
 * and its first bytes.
 *
 * @param path ends with the extension that the file was delivered with
 * @param seconds for each of two drawings
 * @throws {NotAnImageError} where no converter is on PATH, and for what it cannot draw, or not in time, and for several pages
 */
export async function drawPage(path: string, seconds = 60): Promise<DrawnPage | undefined> {
  const format = await pageFormatOf(path)
  if (format === undefined) return undefined
  const found = await findConverter(format)
  if (found === undefined) {
    const programs = converters.filter(({ formats }) => formats.includes(format)).map(({ command }) => command)
    throw new NotAnImageError(
      `it is ${format === 'EPS' ? 'an EPS' : 'a PDF'}, and no program that draws one (${programs.join(' or ')}) is installed: deliver it as TIFF, PNG, JPEG or SVG`,
    )
  }
  const folder = await mkdtemp(`${path}-`)
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const input = `figure.${format.toLowerCase()}`
    await link(path, join(folder, input))
    const draw = async (dotsPerInch: number) => {
      await run(found.program, found.converter.argumentsFor(format, input, dotsPerInch), folder, seconds)
      const pages = (await readdir(folder)).filter((name) => name.endsWith('.png'))
      const [page] = pages
      if (page === undefined) throw new NotAnImageError('nothing is drawn in it')
      if (pages.length > 1) throw new NotAnImageError('it has several pages: deliver one file per figure')
      return join(folder, page)
    }
    const coarse = await sharp(await draw(coarseDotsPerInch)).metadata()
    const inches = Math.max(coarse.width, coarse.height) / coarseDotsPerInch
    const drawn = await draw(Math.max(1, Math.min(maxDotsPerInch, Math.round(drawnPixels / inches))))
    return { path: drawn, [Symbol.asyncDispose]: remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** A DOS EPS begins with four bytes of its own, and a PDF may begin with some of somebody else's. */
async function pageFormatOf(path: string): Promise<PageFormat | undefined> {
  if (!/^\.(?:eps|pdf)$/i.test(extname(path))) return undefined
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(1_024), position: 0 })
  const start = buffer.toString('latin1', 0, bytesRead)
  if (/^(?:\s*%!PS|\u00c5\u00d0\u00d3\u00c6)/.test(start)) return 'EPS'
  return start.includes('%PDF-') ? 'PDF' : undefined
}

async function findConverter(format: PageFormat): Promise<{ program: string; converter: Converter } | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const converter of converters.filter(({ formats }) => formats.includes(format))) {
    for (const folder of folders) {
      const program = join(folder, converter.command)
      const isThere = await access(program, constants.X_OK).then(
        () => true,
        () => false,
      )
      if (isThere) return { program, converter }
    }
  }
  return undefined
}

/** Limits are those of the shell, which the converter then replaces; where a system knows none of a kind, that of time holds. */
const limited = `ulimit -v ${limits.memoryKilobytes} 2>/dev/null; ulimit -f ${limits.blocksPerFile} 2>/dev/null; ulimit -c 0; exec "$0" "$@"`

/** It gets nothing of this process's environment: neither secrets nor options. */
async function run(program: string, parameters: readonly string[], folder: string, seconds: number): Promise<void> {
  const ended = Promise.withResolvers<{ code: number | null; signal: string | null }>()
  const child = spawn('/bin/sh', ['-c', limited, program, ...parameters], {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: folder, TMPDIR: folder, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
  })
  let words = ''
  const hear = (text: Buffer) => (words = (words + text.toString('latin1')).slice(0, maxWords))
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  child.once('error', ended.reject)
  child.once('close', (code, signal) => ended.resolve({ code, signal }))
  const { code, signal } = await ended.promise
  if (code === 0) return
  if (signal === 'SIGKILL') {
    throw new NotAnImageError(`drawing it takes more than ${seconds} seconds: deliver it as TIFF or PNG`)
  }
  throw new NotAnImageError(`it cannot be drawn (${inShort(words.replaceAll(folder, '')) || `code ${code}`})`)
}

/** The first line that says something, without a PostScript interpreter's stacks. */
function inShort(words: string): string {
  const [first = ''] = words.split('\n').filter((line) => /\w/.test(line))
  return first
    .replaceAll(/[*\s]+/g, ' ')
    .trim()
    .slice(0, 200)
}
