import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { describeArticle } from '../describe.ts'
import { parseArticleXml } from '../jats/parse.ts'
import { elife } from '../testing/journals.ts'
import { areThere, articles, readSharedJson, whereFrom } from '../testing/realArticles.ts'
import { sizesFor } from '../testing/sizes.ts'
import { toArticleJson } from './toArticleJson.ts'

const convert = (xml: Uint8Array, version = 1) => {
  const { articleId } = describeArticle(parseArticleXml(xml), elife)
  return toArticleJson(parseArticleXml(xml), {
    journal: elife,
    version,
    cdnUrl: 'https://cdn.example.org',
    sizes: sizesFor(xml, elife, version),
    files: [`elife-${articleId}-v${version}.pdf`],
  })
}

describe.skipIf(!areThere)(whereFrom, () => {
  const ajv = new Ajv.default({ strict: false, validateSchema: false, allErrors: true })
  addFormats.default(ajv)
  const schema = (name: string) =>
    areThere ? ajv.compile(Object(readSharedJson(`api-schemas/model/${name}.json`))) : () => true
  const valid = { poa: schema('article-poa.v4'), vor: schema('article-vor.v8'), list: schema('article-list.v1') }
  const previous = { poa: schema('article-poa.v3'), vor: schema('article-vor.v7') }

  test.each(articles)('$name is valid for the public API, as article and in lists', ({ xml }) => {
    const { article, snippet } = convert(xml)
    const isValid = valid[article.status]
    expect(isValid(article), JSON.stringify(Object(isValid).errors?.slice(0, 20), undefined, 1)).toBe(true)
    // The version before that one wants recipients of every award.
    const namesRecipients = article.funding?.awards?.every(({ recipients }) => recipients) ?? true
    expect(previous[article.status](article)).toBe(namesRecipients)
    expect(valid.list({ total: 1, items: [snippet] })).toBe(true)
    expect(JSON.parse(JSON.stringify(article))).toEqual(article)
  })
})
