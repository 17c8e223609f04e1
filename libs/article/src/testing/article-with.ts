import { sampleXml } from './sample-xml.ts'

const empty = { body: '<p>Text.</p>', back: '', front: '', letters: '' }

/** The sample article with other insides; all of it JATS text. */
export function articleWith(parts: Partial<typeof empty>): string {
  const { body, back, front, letters } = { ...empty, ...parts }
  return sampleXml()
    .replace(/<body>[^]*<\/body>/, () => `<body>${body}</body>`)
    .replace(/<back>[^]*<\/back>/, () => `<back>${back}</back>${letters}`)
    .replace('</article-meta>', () => `${front}</article-meta>`)
}
