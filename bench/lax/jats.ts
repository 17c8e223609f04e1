import { existsSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import yauzl from 'yauzl'

const real = fileURLToPath(new URL('../../../shared/articles/elife-04970-vor-r1.zip', import.meta.url))

/** The JATS of a large article: of a real one where it lies beside the repository, else generated with about as much of everything. */
export async function largeJats(): Promise<Uint8Array> {
  return existsSync(real) ? await readFromZip(real, 'elife-04970.xml') : Buffer.from(generated())
}

async function readFromZip(path: string, name: string): Promise<Buffer> {
  const zip = await promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open)(path, { autoClose: false })
  const found = Promise.withResolvers<yauzl.Entry>()
  zip.on('entry', (entry: yauzl.Entry) => {
    if (entry.fileName === name) found.resolve(entry)
  })
  zip.on('end', () => found.reject(new Error(`${path} has no ${name}`)))
  const open = promisify<yauzl.Entry, NodeJS.ReadableStream>(zip.openReadStream.bind(zip))
  try {
    return await buffer(await open(await found.promise))
  } finally {
    zip.close()
  }
}

const many = (count: number, of: (n: number) => string) => Array.from({ length: count }, (_, n) => of(n + 1)).join('')
const sentence =
  'The quick brown fox <italic>jumps</italic> over the lazy dog<sup>2</sup>, and what it finds there is told next. '

function generated(): string {
  return `<article article-type="research-article" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML">
<front><article-meta><article-id pub-id-type="publisher-id">00016</article-id><article-id pub-id-type="doi">10.7554/eLife.00016</article-id>
<article-categories><subj-group subj-group-type="display-channel"><subject>Research Article</subject></subj-group></article-categories>
<title-group><article-title>On words</article-title></title-group>
<contrib-group>${many(6, (n) => `<contrib contrib-type="author"><name><surname>Doe${n}</surname><given-names>Ada</given-names></name></contrib>`)}</contrib-group>
<pub-date date-type="publication"><day>4</day><month>3</month><year>2026</year></pub-date><volume>15</volume><elocation-id>e00016</elocation-id>
<permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p>CC BY 4.0</license-p></license></permissions>
<abstract><p>${many(12, () => sentence)}</p></abstract></article-meta></front>
<body>${many(20, section)}</body>
<back><ref-list>${many(150, reference)}</ref-list></back></article>`
}

function section(n: number): string {
  const formula =
    '<inline-formula><mml:math><mml:mi>x</mml:mi><mml:mo>=</mml:mo><mml:mn>2</mml:mn></mml:math></inline-formula>'
  const paragraphs = many(7, (p) => {
    const cited = `(<xref ref-type="bibr" rid="bib${n * p}">Doe, 200${p}</xref>; <xref ref-type="fig" rid="fig${n}">Figure ${n}</xref>)`
    return `<p>${many(8, () => sentence)} ${cited} ${formula}</p>`
  })
  const figure = `<fig id="fig${n}"><label>Figure ${n}.</label><caption><title>What is seen.</title><p>${many(4, () => sentence)}</p></caption><graphic xlink:href="elife-00016-fig${n}-v1.tif"/></fig>`
  return `<sec id="s${n}"><title>Section ${n}</title>${paragraphs}${figure}</sec>`
}

function reference(n: number): string {
  const people = many(4, (p) => `<name><surname>Author${p}</surname><given-names>A B</given-names></name>`)
  return `<ref id="bib${n}"><element-citation publication-type="journal"><person-group person-group-type="author">${people}</person-group>
<year>2004</year><article-title>What was found before, in the ${n}th paper of many</article-title><source>Journal of Foxes</source>
<volume>${n}</volume><fpage>${n}</fpage><lpage>${n + 9}</lpage><pub-id pub-id-type="doi">10.5555/fox.${n}</pub-id></element-citation></ref>`
}
