import { metaOf } from '../../jats/article-parts.ts'
import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, isElement, textOf, type Element } from '../../jats/tree.ts'
import type { Block, Paragraph } from '../blocks.ts'
import { blocksOf } from '../body.ts'
import { markupContext, type FilePlaces } from '../conversion.ts'
import { targetsOf, type Targets } from '../people/targets.ts'
import { ownDoi, plainParagraphs } from '../titled.ts'
import {
  kindOfSubArticle,
  subArticleOf,
  subArticleParts,
  subArticlesIn,
  type SubArticle,
  type SubArticleParts,
} from './sub-articles.ts'

/** A letter, with all that any sub-article may have besides: its people, notes, references. */
interface Letter extends SubArticleParts {
  readonly id?: string | undefined
  readonly doi?: string | undefined
  /** Its heading where that is not the usual one. */
  readonly title?: string | undefined
  readonly content: readonly Block[]
}

/** The editors' assessment of a reviewed preprint, with the terms of eLife's vocabulary that it chooses. */
interface Assessment extends Letter {
  readonly significance?: readonly string[]
  readonly strength?: readonly string[]
}

/** The letters that editors, reviewers and authors wrote to each other, and all other articles in the article. */
export interface Letters {
  readonly decisionLetter?: (Letter & { readonly description?: readonly Paragraph[] | undefined }) | undefined
  readonly authorResponse?: Letter | undefined
  readonly editorEvaluation?: Letter | undefined
  readonly elifeAssessment?: Assessment | undefined
  readonly publicReviews?: readonly Letter[]
  readonly recommendationsForAuthors?: Letter | undefined
  /** Translations, responses, reports: whatever the public API has no place for. */
  readonly subArticles?: readonly SubArticle[]
}

export function lettersOf(root: Element, places: FilePlaces): Letters {
  const targets = targetsOf(root)
  const all = subArticlesIn(root)
  const read = all.flatMap((article) => letterOf(article, targets, places))
  const ofType = (...types: readonly string[]) => read.filter(({ type }) => types.includes(type))
  const [decision] = ofType('decision-letter', 'article-commentary')
  const [report] = ofType('editor-report')
  const isRecommendation = ({ title }: ReadLetter) => /^recommendations? for (?:the )?authors?\b/i.test(title)
  const reviews = ofType('referee-report').filter((review) => !isRecommendation(review))
  const [recommendations] = read.filter(isRecommendation)
  // The schema knows a response only to something.
  const responds = decision ?? report ?? reviews[0] ?? recommendations
  const response = responds && ofType('reply', 'author-comment')[0]
  const isAssessment = /assessment/i.test(report?.title ?? '')
  const placed = [decision, report, ...reviews, recommendations, response].map((letter) => letter?.element)
  const rest = all.filter((article) => !placed.includes(article))
  return {
    decisionLetter: decision && { ...untitled(decision, /^decision letter$/i), description: decision.description },
    authorResponse: response && untitled(response, /^author response:?$/i),
    editorEvaluation: report && !isAssessment ? untitled(report, /^editor['’]s evaluation$/i) : undefined,
    elifeAssessment: report && isAssessment ? { ...titled(report), ...termsOf(report.element) } : undefined,
    publicReviews: reviews.map(titled),
    recommendationsForAuthors: recommendations && titled(recommendations),
    subArticles: rest.map((article, index) => subArticleOf(article, targets, places, `sub-article-${index + 1}`)),
  }
}

interface ReadLetter {
  readonly element: Element
  readonly type: string
  readonly letter: Letter
  readonly title: string
  readonly description: readonly Paragraph[]
}

function titled({ letter, title }: ReadLetter): Letter {
  return { ...letter, title: title || undefined }
}

const significances = ['landmark', 'fundamental', 'important', 'valuable', 'useful']
const strengths = ['exceptional', 'compelling', 'convincing', 'solid', 'incomplete', 'inadequate']

/** The terms of an assessment, in the public API's words; others are keywords like any. */
function termsOf(report: Element): Pick<Assessment, 'significance' | 'strength'> {
  const groups = childrenOf(metaOf(report), 'kwd-group')
  const terms = (type: string, known: readonly string[]) =>
    groups
      .filter((group) => attributeOf(group, 'kwd-group-type') === type)
      .flatMap((group) => childrenOf(group, 'kwd').map((kwd) => textOf(kwd).toLowerCase()))
      .filter((term) => known.includes(term))
  return { significance: terms('claim-importance', significances), strength: terms('evidence-strength', strengths) }
}

/** A letter whose heading the page knows: only another one is kept. */
function untitled({ letter, title }: ReadLetter, usual: RegExp): Letter {
  return { ...letter, title: usual.test(title) ? undefined : title || undefined }
}

/** A box at the head of a letter is its introduction. */
function letterOf(article: Element, targets: Targets, places: FilePlaces): readonly ReadLetter[] {
  const context = markupContext(places)
  const body = childOf(article, 'body')
  const box = childrenOf(body)[0]
  const isIntroduced = box !== undefined && isElement(box, 'boxed-text')
  const own = isIntroduced ? plainParagraphs(childrenOf(box, 'p'), context) : []
  const rest = body && isIntroduced ? { ...body, children: body.children.filter((node) => node !== box) } : body
  const content = blocksOf(rest, places)
  if (content.length === 0) return []
  const meta = metaOf(article)
  const id = attributeOf(article, 'id')
  const heading = childOf(meta, 'title-group', 'article-title')
  const parts = subArticleParts(article, targets, places, id ?? kindOfSubArticle(article))
  return [
    {
      element: article,
      type: kindOfSubArticle(article),
      letter: { ...parts, id, doi: meta && ownDoi(meta), content },
      title: textOf(heading) && htmlOf(heading, context),
      description: own,
    },
  ]
}
