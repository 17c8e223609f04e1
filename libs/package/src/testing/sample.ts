import { journalWithDefaults } from '@continuum/article'
import { zipWith } from './zips.ts'
import sharp from 'sharp'

export const journalSettings = {
  name: 'A Journal',
  publisher: 'A Publisher',
  prefix: 'journal',
  doiPrefix: '10.5555/journal.',
  idDigits: 5,
  firstVolumeYear: 2012,
}
export const journal = journalWithDefaults(journalSettings)

/** Makes a TIFF as typesetters send it: LZW, 300 dots per inch. */
export async function tiff({ width = 200, height = 99, transparent = false, cmyk = false } = {}): Promise<Buffer> {
  const channels = transparent ? 4 : 3
  const image = sharp({ create: { width, height, channels, background: { r: 200, g: 30, b: 30, alpha: 0.5 } } })
  return (cmyk ? image.toColourspace('cmyk') : image).tiff({ compression: 'lzw', xres: 11.8, yres: 11.8 }).toBuffer()
}

/** Writes the JATS of article 7 with these graphics and a PDF. */
export function jats({ graphics = ['journal-00007-fig1'], body = true } = {}): string {
  const figures = graphics.map(
    (href, at) =>
      `<fig id="fig${at + 1}"><label>Figure ${at + 1}.</label><caption><title>A figure</title></caption><graphic xlink:href="${href}"/></fig>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.1d3 20150301//EN" "JATS-archivearticle1.dtd">
<article article-type="research-article" xmlns:xlink="http://www.w3.org/1999/xlink"><front>
<journal-meta><journal-id journal-id-type="publisher-id">journal</journal-id><issn pub-type="epub">0000-0000</issn></journal-meta>
<article-meta><article-id pub-id-type="publisher-id">00007</article-id><article-id pub-id-type="doi">10.5555/journal.00007</article-id>
<article-categories><subj-group subj-group-type="display-channel"><subject>Research Article</subject></subj-group><subj-group subj-group-type="heading"><subject>Ecology</subject></subj-group></article-categories>
<title-group><article-title>How <italic>rivers</italic> bend</article-title></title-group>
<contrib-group><contrib contrib-type="author" corresp="yes"><name><surname>Stream</surname><given-names>Ada</given-names></name></contrib></contrib-group>
<pub-date date-type="publication"><day>13</day><month>12</month><year>2012</year></pub-date><volume>1</volume><elocation-id>e00007</elocation-id>
<permissions><copyright-holder>Stream</copyright-holder><license xlink:href="http://creativecommons.org/licenses/by/4.0/"><license-p>Free to use.</license-p></license></permissions>
<self-uri content-type="pdf" xlink:href="journal-00007.pdf"/>
<abstract><p>Rivers bend.</p></abstract></article-meta></front>
${body ? `<body><sec id="s1"><title>Results</title><p>They do.</p>${figures.join('')}</sec></body>` : ''}</article>`
}

/** Zips a complete package of article 7. */
export async function samplePackage(
  changes: Readonly<Record<string, Buffer | string | undefined>> = {},
): Promise<Buffer> {
  const files: Record<string, Buffer | string | undefined> = {
    'journal-00007.xml': jats(),
    'journal-00007.pdf': '%PDF-1.4',
    'journal-00007-fig1.tif': await tiff(),
    ...changes,
  }
  const present = Object.entries(files).flatMap(([name, content]) =>
    content === undefined ? [] : [[name, content] as const],
  )
  return zipWith(Object.fromEntries(present))
}
