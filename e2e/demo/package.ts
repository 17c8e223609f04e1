import sharp from 'sharp'
import { zip } from '../small-package.ts'
import type { DemoArticle } from './articles.ts'

/** A package of the demo, as a typesetter would deliver it. */
export interface DemoPackage {
  readonly name: string
  readonly bytes: Buffer
}

/**
 * Makes the package of an article, with the fault that its fate asks for.
 *
 * @param revision of its text: a correction has another one
 */
export async function demoPackage(article: DemoArticle, revision = 1): Promise<DemoPackage> {
  const { id, fate } = article
  const stem = `continuum-${id}`
  const name = fate === 'no name of a package' ? `final-${id}-corrected.zip` : `${stem}-vor-r${revision}.zip`
  const figure = fate === 'figure broken' ? Buffer.from('not an image') : await drawing(Number(id))
  const entries = {
    [`${stem}.xml`]: fate === 'broken XML' ? '<article><front>' : jats(article, revision),
    [`${stem}.pdf`]: '%PDF-1.4\n% The demo has no pages.\n',
    // The XML does not name it: a finding.
    ...(fate === 'ready with findings' && { [`${stem}-figures-from-the-author.docx`]: 'not for readers' }),
    ...(fate === 'figure missing' ? {} : { [`${stem}-fig1.tif`]: figure }),
  }
  return { name, bytes: await zip(entries) }
}

/** Draws a figure that differs from article to article. */
function drawing(seed: number): Promise<Buffer> {
  const bars = Array.from({ length: 12 }, (_, at) => {
    const height = 60 + ((seed * 37 + at * 53) % 340)
    return `<rect x="${60 + at * 62}" y="${460 - height}" width="44" height="${height}" fill="hsl(${(seed * 23 + at * 9) % 360} 45% 45%)"/>`
  })
  const axes = '<path d="M50 40V460H820" fill="none" stroke="#333" stroke-width="3"/>'
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="860" height="500"><rect width="100%" height="100%" fill="#fff"/>${bars.join('')}${axes}</svg>`
  return sharp(Buffer.from(svg)).tiff({ compression: 'lzw' }).toBuffer()
}

function jats({ id, fate, title, subject, kind, authors }: DemoArticle, revision: number): string {
  const number = fate === 'another article' ? String(Number(id) + 900).padStart(5, '0') : id
  const contributors = authors.map(
    ({ given, surname }) =>
      `<contrib contrib-type="author"><name><surname>${surname}</surname><given-names>${given}</given-names></name></contrib>`,
  )
  const corrected = revision > 1 ? ' What was measured twice is now counted once.' : ''
  return `<?xml version="1.0" encoding="UTF-8"?>
<article article-type="research-article" xml:lang="en" xmlns:xlink="http://www.w3.org/1999/xlink"><front>
<journal-meta><journal-id journal-id-type="publisher-id">Continuum</journal-id><issn publication-format="electronic">0000-0000</issn></journal-meta>
<article-meta><article-id pub-id-type="publisher-id">${number}</article-id><article-id pub-id-type="doi">10.5555/continuum.${number}</article-id>
<article-categories><subj-group subj-group-type="display-channel"><subject>${kind}</subject></subj-group><subj-group subj-group-type="heading"><subject>${subject}</subject></subj-group></article-categories>
<title-group><article-title>${title}</article-title></title-group>
<contrib-group>${contributors.join('')}</contrib-group>
<pub-date date-type="pub" publication-format="electronic"><day>02</day><month>11</month><year>2026</year></pub-date>
<volume>1</volume><elocation-id>e${number}</elocation-id>
<permissions><copyright-statement>© 2026, The authors</copyright-statement><copyright-year>2026</copyright-year><copyright-holder>The authors</copyright-holder><license xlink:href="http://creativecommons.org/licenses/by/4.0/"><license-p>Free to use.</license-p></license></permissions>
<self-uri content-type="pdf" xlink:href="continuum-${id}.pdf"/><abstract><p>Nobody has measured this, and the figure shows it.</p></abstract></article-meta></front>
<body><sec id="s1"><title>Results</title><p>Twelve sites were invented.${corrected} <xref ref-type="fig" rid="fig1">Figure 1</xref> has one bar for each.</p>
<fig id="fig1"><label>Figure 1.</label><caption><title>Twelve sites</title></caption><graphic xlink:href="continuum-${id}-fig1.tif"/></fig></sec></body></article>
`
}
