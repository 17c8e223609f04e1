import { buffer } from 'node:stream/consumers'
import yazl from 'yazl'

/** A package of one article without figures: a correction with a paragraph. */
export async function smallPackage(id: string): Promise<Buffer> {
  const file = new yazl.ZipFile()
  file.addBuffer(Buffer.from(articleXml(id)), `elife-${id}.xml`)
  file.end()
  return buffer(file.outputStream)
}

function articleXml(id: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<article article-type="correction" xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>
<article-id pub-id-type="publisher-id">${id}</article-id><article-id pub-id-type="doi">10.7554/eLife.${id}</article-id>
<article-categories><subj-group subj-group-type="display-channel"><subject>Correction</subject></subj-group></article-categories>
<title-group><article-title>Correction ${id}</article-title></title-group>
<pub-date date-type="pub"><day>01</day><month>02</month><year>2016</year></pub-date><volume>5</volume><elocation-id>e${id}</elocation-id>
<permissions><copyright-holder>An Author</copyright-holder><license xlink:href="http://creativecommons.org/licenses/by/4.0/"><license-p>Free to use.</license-p></license></permissions>
</article-meta></front><body><p>Corrected.</p></body></article>
`
}
