import { isObject, plainText } from './plain-text.ts'

/** A picture of an article. */
export interface Figure {
  /** The same in both contents: its id, or the name of its file without a version. */
  readonly key: string
  readonly label: string
  readonly alt: string
  /** The name of its file, by which it is loaded. */
  readonly file: string
}

/** A figure beside what is public: at least one of both. */
export interface FigureChange {
  readonly key: string
  readonly label: string
  readonly was?: Figure | undefined
  readonly is?: Figure | undefined
}

/** Lists the pictures of an article's figures, in its order. */
export function figuresOf(article: unknown): Figure[] {
  if (Array.isArray(article)) return article.flatMap(figuresOf)
  if (!isObject(article)) return []
  const { image, id, label } = article
  const inner = Object.entries(article).flatMap(([key, value]) => (key === 'image' ? [] : figuresOf(value)))
  if (!isObject(image) || typeof image['uri'] !== 'string') return inner
  const file = image['uri'].slice(image['uri'].lastIndexOf('/') + 1)
  const key = typeof id === 'string' ? id : unversioned(file)
  const name = typeof label === 'string' ? plainText(label) : key
  return [{ key, label: name, alt: typeof image['alt'] === 'string' ? image['alt'] : '', file }, ...inner]
}

/** Puts the figures of two contents side by side, in the order of the new one; those that are gone come last. */
export function figureChanges(was: readonly Figure[], is: readonly Figure[]): FigureChange[] {
  const before = new Map(was.map((figure) => [figure.key, figure]))
  const keys = new Set(is.map(({ key }) => key))
  return [
    ...is.map((figure) => ({ key: figure.key, label: figure.label, was: before.get(figure.key), is: figure })),
    ...was.filter(({ key }) => !keys.has(key)).map((figure) => ({ key: figure.key, label: figure.label, was: figure })),
  ]
}

/** Returns a file's name without its version: `elife-00353-fig1.tif`. */
export function unversioned(name: string): string {
  return name.replace(/-v\d+(?=\.[^.]+$)/, '')
}
