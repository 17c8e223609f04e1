import { attributeOf, childOf, childrenOf, isElement, textOf, type Element } from '../../jats/tree.ts'
import type { Block, Paragraph } from '../blocks.ts'
import { blocksOf } from '../body.ts'
import { markupContext, type FilePlaces } from '../conversion.ts'
import { ownDoi, plainParagraphs } from '../titled.ts'

interface Letter {
  readonly id?: string | undefined
  readonly doi?: string | undefined
  readonly content: readonly Block[]
}

interface TitledLetter extends Letter {
  readonly title: string
}

/** What editors, reviewers and authors wrote to each other. */
export interface Letters {
  readonly decisionLetter?: (Letter & { readonly description: readonly Paragraph[] }) | undefined
  readonly authorResponse?: Letter | undefined
  readonly editorEvaluation?: Letter | undefined
  readonly elifeAssessment?: TitledLetter | undefined
  readonly publicReviews?: readonly TitledLetter[]
}

/** Said where a decision letter has no introduction of its own: the schema wants one. */
const introduction = 'The editorial decision letter that was sent to the authors after peer review.'

export function lettersOf(root: Element, places: FilePlaces): Letters {
  const all = childrenOf(root, 'sub-article')
  const ofType = (...types: readonly string[]) =>
    all
      .filter((article) => types.includes(attributeOf(article, 'article-type') ?? ''))
      .flatMap((article) => letterOf(article, places))
  const [decision] = ofType('decision-letter', 'article-commentary')
  const [report] = ofType('editor-report')
  const publicReviews = ofType('referee-report').map(({ letter, title }) => ({ ...letter, title }))
  const [response] = ofType('reply', 'author-comment')
  const isAssessment = /assessment/i.test(report?.title ?? '')
  // The schema knows a response only to something.
  const responds = decision ?? report ?? publicReviews[0]
  return {
    decisionLetter: decision && { ...decision.letter, description: decision.description },
    authorResponse: responds && response?.letter,
    editorEvaluation: isAssessment ? undefined : report?.letter,
    elifeAssessment: isAssessment ? report && { ...report.letter, title: report.title } : undefined,
    publicReviews,
  }
}

interface ReadLetter {
  readonly letter: Letter
  readonly title: string
  readonly description: readonly Paragraph[]
}

/** A box at the head of a letter is its introduction. */
function letterOf(article: Element, places: FilePlaces): readonly ReadLetter[] {
  const body = childOf(article, 'body')
  const box = childrenOf(body)[0]
  const isIntroduced = box !== undefined && isElement(box, 'boxed-text')
  const own = isIntroduced ? plainParagraphs(childrenOf(box, 'p'), markupContext(places)) : []
  const rest = body && isIntroduced ? { ...body, children: body.children.filter((node) => node !== box) } : body
  const content = blocksOf(rest, places)
  if (content.length === 0) return []
  const stub = childOf(article, 'front-stub')
  return [
    {
      letter: { id: attributeOf(article, 'id'), doi: stub && ownDoi(stub), content },
      title: textOf(childOf(stub, 'title-group', 'article-title')) || 'Letter',
      description: own.length > 0 ? own : [{ type: 'paragraph', text: introduction }],
    },
  ]
}
