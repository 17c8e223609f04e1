/** A small deposit of one DOI that the schema allows. */
export function depositOf({
  doi = '10.5555/1',
  timestamp = '20260101000000000',
  title = 'A title',
  related,
}: {
  doi?: string
  timestamp?: string
  title?: string
  related?: string
} = {}): string {
  const relations = related
    ? `<program xmlns="http://www.crossref.org/relations.xsd"><related_item><intra_work_relation relationship-type="isVersionOf" identifier-type="doi">${related}</intra_work_relation></related_item></program>`
    : ''
  return `<?xml version="1.0" encoding="UTF-8"?>
<doi_batch xmlns="http://www.crossref.org/schema/5.4.0" version="5.4.0">
<head><doi_batch_id>batch-${timestamp}</doi_batch_id><timestamp>${timestamp}</timestamp>
<depositor><depositor_name>A journal</depositor_name><email_address>deposits@example.org</email_address></depositor>
<registrant>A publisher</registrant></head>
<body><journal><journal_metadata><full_title>A journal</full_title></journal_metadata>
<journal_article><titles><title>${title}</title></titles>
<publication_date media_type="online"><year>2026</year></publication_date>${relations}
<doi_data><doi>${doi}</doi><resource>https://example.org/1</resource></doi_data>
</journal_article></journal></body></doi_batch>`
}
