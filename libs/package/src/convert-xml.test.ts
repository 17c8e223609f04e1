import { expect, test } from 'vitest'
import { convertXml, type LooseXml } from './convert-xml.ts'
import { jats, journal, tiff } from './testing/index.ts'

const about: LooseXml = {
  journal,
  journals: [journal],
  articleId: '00007',
  version: 2,
  cdnUrl: 'https://cdn.example.org',
  readBeside: async () => undefined,
}
const xml = Buffer.from(jats())

test('the images beside the XML are measured, whether their names have the version or not', async () => {
  const image = await tiff({ width: 120, height: 80 })
  for (const name of ['journal-00007-fig1.tif', 'journal-00007-fig1-v2.tif']) {
    const readBeside = async (asked: string) => (asked === name ? image : undefined)
    const { article } = await convertXml(xml, { ...about, readBeside })
    expect(article).toMatchObject({
      id: '00007',
      version: 2,
      pdf: 'https://cdn.example.org/00007/journal-00007-v2.pdf',
      xml: 'https://cdn.example.org/00007/journal-00007-v2.xml',
    })
    expect(JSON.stringify(article.body)).toContain('"size":{"width":120,"height":80}')
  }
})

test('files that are known are not looked for', async () => {
  const known = {
    files: ['journal-00007-fig1-v2.tif', 'journal-00007-v2.xml'],
    sizes: { 'journal-00007-fig1-v2.tif': { width: 10, height: 20 } },
  }
  const { article } = await convertXml(xml, { ...about, known, location: 'https://example.org/a.xml' })
  expect(JSON.stringify(article.body)).toContain('"size":{"width":10,"height":20}')
  expect(article['-meta']).toEqual({ location: 'https://example.org/a.xml' })
})

test('an image that is not there is named', async () => {
  await expect(convertXml(xml, about)).rejects.toThrow('The size of these images is not known: journal-00007-fig1')
})
