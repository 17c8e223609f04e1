import type { Examples } from './examples.ts'

/** No word is on the page, and the loss report tells of each. */
export const reported: Examples = {
  'contrib-group': ['<x>§</x>'],
  contrib: ['<etal>§</etal>'],
  sentence: ['<private-char><glyph-data>§</glyph-data></private-char>'],
  back: ['<app><title>§</title></app>'],
  article: ['<floats-group><unheard-of-box/></floats-group><processing-notes>§</processing-notes>'],
}

/** Words that are used otherwise, for a reason of the reviewed list. */
export const explained: Examples = {
  'journal-meta': [
    '<journal-title-group><journal-subtitle>§</journal-subtitle></journal-title-group>',
    '<issn-l>§</issn-l>',
    '<journal-id>§</journal-id>',
    '<issn>§</issn>',
    '<publisher><publisher-name>§</publisher-name></publisher>',
  ],
  'article-meta': [
    '<article-id pub-id-type="publisher-id">§</article-id>',
    '<article-version>§</article-version>',
    '<counts><count count-type="x" count="1">§</count></counts>',
    '<volume-id>§</volume-id>',
    '<issue-id>§</issue-id>',
  ],
  contrib: ['<contrib-id>§</contrib-id>'],
  aff: ['<institution-id>§</institution-id>'],
  sentence: [
    '<index-term><term>§</term><index-term><term>§</term></index-term><see>§</see><see-also>§</see-also></index-term>',
    '<object-id>§</object-id>',
  ],
  citation: ['<object-id>§</object-id>'],
  fig: ['<object-id>§</object-id>'],
  license: ['<ali:license_ref>https://creativecommons.org/licenses/by/4.0/§</ali:license_ref>'],
}
