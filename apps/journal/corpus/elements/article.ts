/** A place in an article into which an example is put. */
export type ExamplePlace = keyof typeof insertions

/** By the place, what of the small article becomes what, with `EXAMPLE` where the example goes. */
const insertions = {
  'journal-meta': ['<journal-title-group>', 'EXAMPLE<journal-title-group>'],
  front: ['</article-meta>', '</article-meta>EXAMPLE'],
  'article-meta': ['<abstract>', 'EXAMPLE<abstract>'],
  'title-group': ['</article-title>', '</article-title>EXAMPLE'],
  categories: ['</article-categories>', 'EXAMPLE</article-categories>'],
  'contrib-group': ['</contrib-group>', 'EXAMPLE</contrib-group>'],
  contrib: ['</name>', '</name>EXAMPLE'],
  aff: ['</institution>', '</institution>EXAMPLE'],
  permissions: ['<license ', 'EXAMPLE<license '],
  license: ['</license-p>', '</license-p>EXAMPLE'],
  history: ['</history>', 'EXAMPLE</history>'],
  abstract: ['</abstract>', 'EXAMPLE</abstract>'],
  body: ['</p></sec></body>', '</p>EXAMPLE</sec></body>'],
  sentence: ['lasted a week', 'lasted a week EXAMPLE'],
  fig: ['</caption><graphic', '</caption>EXAMPLE<graphic'],
  'table-wrap': ['<table>', 'EXAMPLE<table>'],
  back: ['<ref-list>', 'EXAMPLE<ref-list>'],
  'ref-list': ['</ref-list>', 'EXAMPLE</ref-list>'],
  citation: ['</element-citation>', 'EXAMPLE</element-citation>'],
  'mixed-citation': ['</mixed-citation>', ' EXAMPLE</mixed-citation>'],
  article: ['</article>', 'EXAMPLE</article>'],
  'front-stub': ['</front-stub>', 'EXAMPLE</front-stub>'],
} as const

const article = `<article article-type="research-article" dtd-version="1.4" xml:lang="en" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:ali="http://www.niso.org/schemas/ali/1.0/">
<front><journal-meta><journal-title-group><journal-title>Journal of Examples</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="doi">10.5555/joe.7</article-id>
<article-categories><subj-group subj-group-type="heading"><subject>Research Article</subject></subj-group></article-categories>
<title-group><article-title>On small things</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Doe</surname><given-names>Ada</given-names></name><xref ref-type="aff" rid="aff1"/></contrib></contrib-group>
<aff id="aff1"><institution>Institute of Examples</institution></aff>
<pub-date pub-type="epub"><day>4</day><month>3</month><year>2026</year></pub-date>
<history><date date-type="received"><day>1</day><month>2</month><year>2025</year></date></history>
<permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p>Open to all.</license-p></license></permissions>
<abstract><p>We looked closely.</p></abstract>
</article-meta></front>
<body><sec id="s1"><title>Observations</title><p>The journey lasted a week, as <xref ref-type="fig" rid="f1">the figure</xref> tells.</p>
<fig id="f1"><label>Figure 1</label><caption><title>A view</title></caption><graphic xlink:href="joe-7-f1.tif"/></fig>
<table-wrap id="t1"><label>Table 1</label><table><tbody><tr><td>Cell</td></tr></tbody></table></table-wrap>
<p>Then it ended.</p></sec></body>
<back><ref-list><ref id="b1"><element-citation publication-type="journal"><person-group person-group-type="author"><name><surname>Roe</surname><given-names>Max</given-names></name></person-group><year>1999</year><article-title>Earlier views</article-title><source>Old Journal</source></element-citation></ref>
<ref id="b2"><mixed-citation publication-type="book">Poe L. <source>Collected things</source>. 2001.</mixed-citation></ref></ref-list></back>
<sub-article id="sub1" article-type="translation" xml:lang="es"><front-stub><title-group><article-title>De cosas chicas</article-title></title-group></front-stub><body><p>El viaje.</p></body></sub-article>
</article>`

export const places: readonly ExamplePlace[] = Object.keys(insertions).filter((name): name is ExamplePlace =>
  Object.hasOwn(insertions, name),
)

/** An example in its place in a small article. */
export function articleWith(place: ExamplePlace, example: string): string {
  const [before, after] = insertions[place]
  return article.replace(before, () => after.replace('EXAMPLE', () => example))
}
