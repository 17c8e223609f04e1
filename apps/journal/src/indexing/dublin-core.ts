import type { ArticleFacts } from './facts.ts'
import { xml, type Xml } from './xml.ts'

const opening = `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">`

/** Describes an article as unqualified Dublin Core, as OAI-PMH demands it of every repository. */
export function dublinCore(facts: ArticleFacts): Xml {
  const { journal, volume, elocationId, retraction } = facts
  const source = [journal.name, volume && `vol. ${volume}`, elocationId, journal.issn && `ISSN ${journal.issn}`]
  return xml`${{ xml: opening }}
<dc:title>${facts.title}</dc:title>
${facts.authors.map(({ index, name }) => xml`<dc:creator>${index ?? name}</dc:creator>`)}
${[...facts.subjects, ...facts.keywords].map((subject) => xml`<dc:subject>${subject}</dc:subject>`)}
${retraction && xml`<dc:description>Retracted on ${retraction.date}. ${retraction.reason}</dc:description>`}
${facts.abstract && xml`<dc:description>${facts.abstract}</dc:description>`}
<dc:publisher>${journal.publisher}</dc:publisher>
${facts.published && xml`<dc:date>${facts.published}</dc:date>`}
<dc:type>article</dc:type><dc:type>info:eu-repo/semantics/article</dc:type>
<dc:format>text/html</dc:format>${facts.pdfUrl && xml`<dc:format>application/pdf</dc:format>`}
<dc:identifier>${facts.url}</dc:identifier><dc:identifier>https://doi.org/${facts.doi}</dc:identifier>
${facts.pdfUrl && xml`<dc:relation>${facts.pdfUrl}</dc:relation>`}
${retraction?.notice && xml`<dc:relation>https://doi.org/${retraction.notice}</dc:relation>`}
<dc:source>${source.filter(Boolean).join(', ')}</dc:source>
<dc:language>${facts.language}</dc:language>
${facts.licence && xml`<dc:rights>${facts.licence}</dc:rights>`}<dc:rights>info:eu-repo/semantics/openAccess</dc:rights>
</oai_dc:dc>`
}
