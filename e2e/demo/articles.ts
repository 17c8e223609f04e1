/** The fate of an article of the demo. */
export type Fate =
  | 'published'
  | 'corrected'
  | 'withdrawn'
  | 'ready'
  | 'ready with findings'
  | 'scheduled'
  | 'hidden'
  | 'figure missing'
  | 'figure broken'
  | 'another article'
  | 'broken XML'
  | 'no name of a package'

/** An article of the demo, made up for it. */
export interface DemoArticle {
  /** `00101`. */
  readonly id: string
  readonly fate: Fate
  readonly title: string
  readonly subject: string
  readonly kind: string
  readonly authors: readonly { readonly given: string; readonly surname: string }[]
}

const fates: readonly (readonly [Fate, number])[] = [
  ['published', 10],
  ['corrected', 1],
  ['withdrawn', 1],
  ['ready', 9],
  ['ready with findings', 5],
  ['scheduled', 4],
  ['hidden', 2],
  ['figure missing', 2],
  ['figure broken', 1],
  ['another article', 1],
  ['broken XML', 1],
  ['no name of a package', 3],
]

const matters = [
  'rivers',
  'mosses',
  'tides',
  'lichens',
  'glaciers',
  'estuaries',
  'marram grass',
  'peat',
  'shale',
  'dew',
]
const doings = ['remember floods', 'count their seasons', 'share heat', 'bend towards salt', 'settle after storms']
const subjects = ['Ecology', 'Physics of Living Systems', 'Computational and Systems Biology', 'Evolutionary Biology']
const kinds = ['Research Article', 'Short Report', 'Tools and Resources', 'Research Advance']
const given = ['Ada', 'Béla', 'Chidi', 'Dagny', 'Emre', 'Fatou', 'Grzegorz', 'Hoa', 'Inés', 'Jūratė']
const surnames = ['Stream', 'Kő', 'Okafor', 'Fjord', 'Deniz', 'Diop', 'Łąka', 'Nguyễn', 'Ríos', 'Upė']

/** Lists the forty articles of the demo, the same each time. */
export function demoArticles(): readonly DemoArticle[] {
  const all = fates.flatMap(([fate, count]) => Array.from({ length: count }, () => fate))
  return all.map((fate, at) => ({
    id: String(101 + at).padStart(5, '0'),
    fate,
    title: `How ${pick(matters, at)} <italic>${pick(doings, at + Math.floor(at / 10))}</italic>`,
    subject: pick(subjects, at),
    kind: pick(kinds, Math.floor(at / 3)),
    authors: Array.from({ length: 1 + (at % 4) }, (_, n) => ({
      given: pick(given, at + 3 * n),
      surname: pick(surnames, at * 7 + n),
    })),
  }))
}

function pick(list: readonly string[], at: number): string {
  return list[at % list.length] ?? ''
}
