import { escapeText } from '../jats/escape.ts'
import { paragraph, withoutSections, type Block } from './blocks.ts'

interface About {
  readonly id?: string | undefined
  readonly doi?: string | undefined
  readonly label?: string | undefined
  readonly title?: string | undefined
  readonly longDescription?: string | undefined
}

/**
 * Content under a title of its own. Without title and label there is only a frame: the content stays as it is. The schema
 * wants a title, for which a label serves.
 */
export function boxOf({ id, doi, label, title, longDescription }: About, held: readonly Block[]): readonly Block[] {
  const content = [...held, ...paragraph(escapeText(longDescription ?? ''))]
  const name = title ?? label
  if (!name) return content
  const inner = withoutSections(content)
  if (inner.length === 0) return [{ type: 'paragraph', text: [label, title].filter(Boolean).join('. ') }]
  return [{ type: 'box', id, doi: id && doi, label: title ? label : undefined, title: name, content: inner }]
}
