import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { describeArticle } from '../description/describe.ts'
import { parseArticleXml } from '../jats/reading/parse.ts'
import { continuum, elife } from '../testing/journals.ts'
import { areThere, articles, readShared, readSharedJson, whereFrom } from '../testing/real-articles.ts'
import { sampleXml } from '../testing/sample-xml.ts'
import { toEif } from './to-eif.ts'

const withoutItalics = (eif: object) =>
  Object.assign(eif, JSON.parse(JSON.stringify(eif).replaceAll(/<\/?italic>/g, '')))

test('a description that the caller has is used, and none is made', () => {
  const xml = parseArticleXml(sampleXml())
  const description = { ...describeArticle(xml, continuum), doi: '10.5555/described' }
  expect(toEif(xml, { journal: continuum, version: 1, description }).doi).toBe('10.5555/described')
})

describe.skipIf(!areThere)(whereFrom, () => {
  const ajv = new Ajv.default({ strict: false, validateSchema: false, unicodeRegExp: false, allErrors: true })
  addFormats.default(ajv)
  const isEif = areThere ? ajv.compile(Object(readSharedJson('lax-data/eif/eif-schema.json'))) : () => true

  test.each(articles)('$name becomes a valid EIF', ({ xml }) => {
    const eif = toEif(parseArticleXml(xml), { journal: elife, version: 3 })
    expect(isEif(eif), JSON.stringify(ajv.errors ?? isEif)).toBe(true)
    expect(eif.path).toBe(`content/${eif.volume}/e${eif['article-id']}v3`)
    expect(eif.publish).toBe(false)
  })

  test('00353 is what the original pipeline made of it', () => {
    const original = Object(readSharedJson('articles/elife-00353-v1.eif.json'))
    const xml = articles.find(({ name }) => name.startsWith('elife-00353-vor'))?.xml ?? ''
    expect(toEif(parseArticleXml(xml), { journal: elife, version: 1, publish: true })).toEqual(original)
  })

  test.each(['00288', '00353', '01328', '01911', '02619'])('%s v1 says what the original said', (id) => {
    const { update, ...original } = Object(readSharedJson(`lax-data/eif/elife-${id}-v1.json`))
    // Ours writes names of institutions as plain text.
    if (id === '02619') withoutItalics(original)
    const eif = toEif(parseArticleXml(readShared(`lax-data/jats/elife-${id}-v1.xml`)), {
      journal: elife,
      version: 1,
      publish: true,
      update,
    })
    expect(eif).toEqual({ ...original, ...(update && { update }) })
  })
})
