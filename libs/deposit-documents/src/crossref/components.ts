import { addressOf, type JournalDetails, type PublishedVersion } from '../record/journal.ts'
import type { ArticleRecord, Component } from '../record/record.ts'
import { el, elUnlessEmpty, elWith, type XmlElement } from '../xml/element.ts'
import { mediaTypes } from './media-types.ts'
import { facesOf } from './text.ts'

/** Parts of the article with their own DOIs: each a record that is part of the article. */
export function componentList(
  { components, doi }: ArticleRecord,
  { addresses }: JournalDetails,
  { id, version }: PublishedVersion,
): XmlElement | undefined {
  const template = addresses.part ?? `${addresses.article}#{fragment}`
  return elUnlessEmpty(
    'component_list',
    components.map((component) =>
      elWith(
        'component',
        { parent_relation: 'isPartOf' },
        titlesOf(component),
        formatOf(component),
        el(
          'doi_data',
          el('doi', component.doi),
          el(
            'resource',
            // A part without an id has no place of its own on the page.
            addressOf(component.id === undefined ? addresses.article : template, {
              id,
              version,
              doi,
              fragment: component.id ?? '',
            }),
          ),
        ),
      ),
    ),
  )
}

function titlesOf({ label, title }: Component): XmlElement | undefined {
  const words = facesOf(title)
  const parts =
    label === undefined ? words : words.length === 0 ? [label] : [`${label.replace(/[.:]$/, '')}. `, ...words]
  return parts.length === 0 ? undefined : el('titles', el('title', parts))
}

/** Left out where Crossref's list does not have the type. */
function formatOf({ mimeType }: Component): XmlElement | undefined {
  const type = mimeType?.replace(/^image\/x-/, 'image/')
  return type !== undefined && mediaTypes.has(type) ? elWith('format', { mime_type: type }) : undefined
}
