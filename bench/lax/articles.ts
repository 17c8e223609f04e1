import { existsSync, readFileSync } from 'node:fs'

/** Article JSON of about the sizes of real articles: a PoA of 8 KB and a VoR of 200 KB. */
export type ArticleJson = Record<string, unknown>

const real = new URL('../../../shared/lax-data/article-json/elife-16695-v3.xml.json', import.meta.url)

/** The large article that is ingested: a real one where it lies beside the repository. */
export function largeArticle(): ArticleJson {
  if (!existsSync(real)) return { ...vor('00016'), id: '16695', doi: '10.7554/eLife.16695', version: 1 }
  return { ...Object(JSON.parse(readFileSync(real, 'utf8')).article), version: 1 }
}

const common = (id: string) => ({
  id,
  version: 1,
  type: 'research-article',
  doi: `10.7554/eLife.${id}`,
  title: `The article of the number ${id}, and of what its authors found`,
  published: '2016-01-01T00:00:00Z',
  volume: 5,
  elocationId: `e${id}`,
  stage: 'published',
  copyright: { license: 'CC-BY-4.0', holder: 'The authors', statement: 'Free to use.' },
  authorLine: 'Ada Lovelace, Charles Babbage',
  authors: ['Ada Lovelace', 'Charles Babbage'].map((name) => ({
    type: 'person',
    name: { preferred: name, index: name.split(' ').toReversed().join(', ') },
  })),
  subjects: [{ id: 'neuroscience', name: 'Neuroscience' }],
  impactStatement: 'What was found is shown to hold, in words of the length that an impact statement has.',
})
const words = 'The quick brown fox jumps over the lazy dog, and what it finds there is told in the next sentence. '
const paragraph = (length: number) => ({
  type: 'paragraph',
  text: words.repeat(Math.ceil(length / words.length)).slice(0, length),
})

export function poa(id: string): ArticleJson {
  return { ...common(id), status: 'poa', abstract: { content: [paragraph(7400)] } }
}

export function vor(id: string): ArticleJson {
  const section = (n: number) => ({
    type: 'section',
    id: `s${n}`,
    title: `Section ${n}`,
    content: Array.from({ length: 10 }, () => paragraph(940)),
  })
  const body = Array.from({ length: 20 }, (_, n) => section(n + 1))
  return { ...common(id), status: 'vor', abstract: { content: [paragraph(1200)] }, body }
}
