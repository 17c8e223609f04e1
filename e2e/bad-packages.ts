import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { articleXml as article, zip } from './small-package.ts'

/** A package that must fail, where it must fail, and a word that its reason must have. */
export interface BadPackage {
  readonly file: string
  readonly step: string
  readonly reason: RegExp
}

/** Replaces a name of the same length everywhere in the zip: its writers refuse to make such names. */
function renamed(bytes: Buffer, from: string, to: string): Buffer {
  const text = bytes.toString('latin1').replaceAll(from, to)
  return Buffer.from(text, 'latin1')
}

/** Writes one package of each kind that must be refused into `folder`. */
export async function makeBadPackages(folder: string): Promise<BadPackage[]> {
  const good = await zip({ 'elife-90002.xml': article('90002') })
  const made: [string, Buffer, string, RegExp][] = [
    ['elife-90001-vor-r1.zip', Buffer.from('This is a letter, not a zip.'), 'Expand Article', /zip/i],
    ['elife-90002-vor-r1.zip', good.subarray(0, good.length - 40), 'Expand Article', /truncated|incomplete|zip/i],
    [
      'elife-90003-vor-r1.zip',
      renamed(await zip({ 'elife-90003.xml': article('90003'), 'xx/yy/passwd': 'x' }), 'xx/yy/passwd', '../../passwd'),
      'Expand Article',
      /\.\.\/\.\.\/passwd|outside|folder/,
    ],
    [
      'elife-90004-vor-r1.zip',
      await zip({ 'elife-90004.xml': article('90004'), 'elife-90004-data1.csv': Buffer.alloc(150_000_000) }),
      'Expand Article',
      /times|larger|unpack/i,
    ],
    ['elife-90005-vor-r1.zip', await zip({ 'elife-90005.pdf': '%PDF-1.4' }), '(Expand Article|Check Package)', /XML/],
    [
      'elife-90006-vor-r1.zip',
      await zip({ 'elife-90006.xml': article('90006', '<body><p>no end</body>') }),
      '(Expand Article|Check Package)',
      /well-formed|line \d+/i,
    ],
    [
      'elife-90007-vor-r1.zip',
      await zip({
        'elife-90007.xml': article('90007').replace(
          '<article ',
          '<!DOCTYPE article [<!ENTITY secret SYSTEM "file:///etc/passwd">]><article ',
        ),
      }),
      '(Expand Article|Check Package)',
      /entit/i,
    ],
    [
      'elife-90008-vor-r1.zip',
      await zip({
        'elife-90008.xml': article(
          '90008',
          '<body><fig id="fig1"><graphic xlink:href="elife-90008-fig1"/></fig></body>',
        ),
      }),
      'Check Package',
      /fig1/,
    ],
    ['elife-90009-vor-r1.zip', await damagedInside('90009'), 'Expand Article', /damaged/],
    ['elife-nonsense.zip', good, 'Delivery', /name/i],
  ]
  return Promise.all(
    made.map(async ([name, bytes, step, reason]) => {
      const file = join(folder, name)
      await writeFile(file, bytes)
      return { file, step, reason }
    }),
  )
}

/** Eight files are unpacked at once: the first is damaged while the others' reads are waiting. */
async function damagedInside(id: string): Promise<Buffer> {
  const files = Array.from(
    { length: 8 },
    (_, index) => [`elife-${id}-data${index + 1}.bin`, randomBytes(300_000)] as const,
  )
  const bytes = await zip({ ...Object.fromEntries(files), [`elife-${id}.xml`]: article(id) })
  return Buffer.concat([bytes.subarray(0, 20_000), randomBytes(64), bytes.subarray(20_064)])
}
