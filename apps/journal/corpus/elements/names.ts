/** The elements of JATS 1.0 to 1.4 (Archiving and Interchange), and of NLM 2.3 and 3.0. */
export const elementNames = `
  abbrev abstract access-date ack addr-line address aff aff-alternatives ali:license_ref alt-text alt-title alternatives annotation
  anonymous answer answer-set app app-group array article article-categories article-id article-meta article-title
  article-version article-version-alternatives attrib author-comment author-notes award-desc award-group award-id award-name back bio
  block-alternatives body bold boxed-text caption chapter-title chem-struct chem-struct-wrap chem-struct-wrapper citation
  citation-alternatives city code collab collab-alternatives collab-name collab-name-alternatives collab-wrap comment
  compound-kwd compound-kwd-part compound-subject compound-subject-part conf-acronym conf-date conf-loc conf-name conf-num
  conf-sponsor conf-theme conference contract-num contract-sponsor contrib contrib-group contrib-id contributed-resource-group
  copyright-holder copyright-statement copyright-year corresp count country counts custom-meta custom-meta-group custom-meta-wrap
  data-title date date-in-citation day def def-head def-item def-list degrees disp-formula disp-formula-group disp-quote edition
  element-citation elocation-id email era etal event event-desc explanation ext-link fax fig fig-group fixed-case floats-group
  floats-wrap fn fn-group fpage front front-stub funding-group funding-source funding-statement given-names gloss-group glossary
  glyph-data gov grant-num grant-sponsor graphic history index index-div index-entry index-group index-term
  index-title-group inline-formula inline-graphic inline-media inline-supplementary-material institution institution-id
  institution-wrap isbn issn issn-l issue issue-id issue-part issue-sponsor issue-subtitle issue-title issue-title-group italic
  journal-id journal-meta journal-subtitle journal-title journal-title-group kwd kwd-group label legend license license-p list
  list-item long-desc lpage media meta-name meta-value mixed-citation mml:annotation mml:math monospace month name
  name-alternatives named-content nav-pointer nav-pointer-group nested-kwd nlm-citation note notes object-id on-behalf-of
  open-access option overline p page-range part-title patent permissions person-group phone postal-code prefix
  preformat price principal-award-recipient principal-investigator product pub-date pub-history pub-id
  publisher publisher-loc publisher-name question question-preamble question-wrap question-wrap-group rb ref ref-list
  related-article related-object resource-group resource-id resource-name resource-wrap response role roman rp rt ruby sans-serif sc
  season sec sec-meta see see-also see-also-entry see-entry self-uri series series-text series-title sig sig-block size source speaker
  speech state statement std std-organization strike string-conf string-date string-name styled-content sub sub-article subj-group
  subject subtitle suffix sup supplement supplementary-material support-description support-group support-source surname table
  table-wrap table-wrap-foot table-wrap-group target tbody td term term-head tex-math textual-form tfoot th thead time-stamp title
  title-group toc toc-div toc-entry toc-group toc-title-group tr trans-abstract trans-source trans-subtitle trans-title
  trans-title-group underline unstructured-kwd-group uri verse-group verse-line version volume volume-id volume-issue-group
  volume-series x xref year
  ali:free_to_read break col colgroup equation-count extended-by fig-count glyph-ref hr index-term-range-end milestone-end
  milestone-start overline-end overline-start page-count private-char processing-meta pub-date-not-available ref-count
  restricted-by table-count underline-end underline-start word-count`
  .trim()
  .split(/\s+/)

/** Those that hold no text. */
export const emptyElements: readonly string[] =
  `ali:free_to_read break col colgroup equation-count extended-by fig-count glyph-ref hr index-term-range-end milestone-end
  milestone-start overline-end overline-start page-count private-char processing-meta pub-date-not-available ref-count
  restricted-by table-count underline-end underline-start word-count`.split(/\s+/)
