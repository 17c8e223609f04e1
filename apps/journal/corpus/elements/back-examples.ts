import type { Examples } from './examples.ts'

/** Words of the back matter, of references and of what is beside the article, that are on the page. */
export const shownBehind: Examples = {
  back: [
    '<label>§</label><title>§</title>',
    '<ack><title>§</title><p>§</p></ack>',
    '<ack><label>§</label><sec><title>§</title><p>§</p></sec></ack>',
    '<app-group><title>§</title><p>§</p><app><label>§</label><title>§</title><p>§</p><sec><title>§</title><p>§</p></sec></app></app-group>',
    '<app><title>§</title><p>§</p><fn-group><fn><p>§</p></fn></fn-group><ref-list><ref><mixed-citation>§</mixed-citation></ref></ref-list></app>',
    '<app><title>§</title><permissions><copyright-statement>§</copyright-statement></permissions><p>§</p></app>',
    '<bio><title>§</title><p>§</p></bio>',
    '<fn-group><label>§</label><title>§</title><fn><label>§</label><p>§</p></fn><p>§</p></fn-group>',
    '<glossary><title>§</title><def-list><def-item><term>§</term><def><p>§</p></def></def-item></def-list><p>§</p></glossary>',
    '<notes><title>§</title><p>§</p><sec><title>§</title><p>§</p></sec></notes>',
    '<sec><title>§</title><p>§</p></sec>',
    '<sec sec-type="data-availability"><title>§</title><p>§</p><list><list-item><p>§</p></list-item></list></sec>',
    '<p>§</p>',
    '<index><title>§</title><index-div><title>§</title><index-entry><term>§</term></index-entry></index-div></index>',
    '<fig><caption><p>§</p></caption><graphic xlink:href="f2.tif"/></fig>',
    '<unheard-of>§</unheard-of>',
  ],
  'ref-list': [
    '<ref><label>§</label><note><p>§</p></note></ref>',
    '<ref><citation-alternatives><mixed-citation>§ §</mixed-citation></citation-alternatives></ref>',
    '<ref><nlm-citation><article-title>§</article-title><source>§</source></nlm-citation></ref>',
    '<ref><element-citation><source>§</source></element-citation><element-citation><source>§</source></element-citation></ref>',
    '<ref><mixed-citation>§<fn><p>§</p></fn></mixed-citation></ref>',
    '<ref><p>§</p></ref>',
    '<ref><citation citation-type="book"><source>§</source> §</citation></ref>',
    '<p>§</p>',
    '<ref-list><title>§</title><ref><mixed-citation>§</mixed-citation></ref></ref-list>',
    '<sec><p>§</p></sec>',
  ],
  citation: [
    ...`abbrev annotation article-version chapter-title collab comment conf-date conf-loc conf-name conf-sponsor data-title
    date-in-citation day edition elocation-id email ext-link fpage gov institution isbn issn issue issue-part issue-title
    lpage month name named-content page-range part-title patent price publisher-loc publisher-name role season
    series size std string-date string-name styled-content supplement time-stamp trans-source trans-title version volume volume-series uri
    conf-num conf-acronym conf-theme string-conf era issue-subtitle bold italic sup unheard-of access-date volume-id issue-id
    article-title trans-subtitle`
      .split(/\s+/)
      .map((name) => `<${name}>§</${name}>`),
    '<pub-id pub-id-type="other">§</pub-id>',
    '<person-group person-group-type="translator"><name><surname>§</surname><given-names>§</given-names></name><anonymous/><aff>§</aff></person-group>',
    '<person-group person-group-type="editor"><collab>§</collab><string-name>§</string-name><role>§</role></person-group>',
    '<conference><conf-name>§</conf-name><conf-loc>§</conf-loc></conference>',
    '<annotation><p>§</p></annotation>',
    '<date><day>§</day><month>§</month></date>',
  ],
  'mixed-citation': [
    '§',
    '<pub-id pub-id-type="other">§</pub-id>',
    '<ext-link xlink:href="https://example.org">§</ext-link>',
    '<conf-name>§</conf-name>',
    '<name><surname>§</surname><given-names>§</given-names></name>',
    '<unheard-of>§</unheard-of>',
    '<annotation><p>§</p></annotation>',
    '<alternatives><mml:math><mml:mi>§</mml:mi></mml:math></alternatives>',
  ],
  article: [
    '<floats-group><fig><label>§</label><caption><p>§</p></caption><graphic xlink:href="f2.tif"/></fig><table-wrap><table><tbody><tr><td>§</td></tr></tbody></table></table-wrap><boxed-text><p>§</p></boxed-text></floats-group>',
    '<floats-wrap><fig><caption><p>§</p></caption><graphic xlink:href="f2.tif"/></fig></floats-wrap>',
    '<sub-article article-type="reviewer-report"><front><article-meta><title-group><article-title>§</article-title></title-group></article-meta></front><body><p>§</p></body><back><ack><p>§</p></ack></back></sub-article>',
    '<response response-type="reply"><front-stub><title-group><article-title>§</article-title></title-group></front-stub><body><p>§</p></body></response>',
    '<sub-article article-type="other"><front-stub><title-group><article-title>§</article-title><subtitle>§</subtitle></title-group><contrib-group><contrib><name><surname>§</surname></name><role>§</role></contrib></contrib-group><aff>§</aff><author-notes><fn><p>§</p></fn></author-notes><abstract><p>§</p></abstract></front-stub><body><fig><caption><p>§</p></caption><graphic xlink:href="f2.tif"/></fig><p>§<fn><p>§</p></fn></p></body><floats-group><fig><caption><p>§</p></caption><graphic xlink:href="f3.tif"/></fig></floats-group></sub-article>',
    '<sub-article article-type="decision-letter"><front-stub><title-group><article-title>§</article-title></title-group></front-stub><body><boxed-text><p>§</p></boxed-text><p>§</p></body></sub-article>',
  ],
  'front-stub': [
    '<abstract><p>§</p></abstract>',
    '<kwd-group><kwd>§</kwd></kwd-group>',
    '<author-notes><corresp>§</corresp><fn><p>§</p></fn></author-notes>',
    '<permissions><copyright-statement>§</copyright-statement><license><license-p>§</license-p></license></permissions>',
    '<elocation-id>§</elocation-id>',
    '<funding-group><funding-statement>§</funding-statement></funding-group>',
    '<product><source>§</source></product>',
    '<related-article related-article-type="x">§</related-article>',
    '<contrib-group><contrib contrib-type="author"><name><surname>§</surname></name><bio><p>§</p></bio></contrib></contrib-group>',
    '<aff>§</aff>',
    '<conference><conf-name>§</conf-name></conference>',
    '<issue-title>§</issue-title>',
    '<supplementary-material xlink:href="s3.pdf"><label>§</label></supplementary-material>',
    '<notes><p>§</p></notes>',
    '<custom-meta-group><custom-meta><meta-name>name</meta-name><meta-value>§</meta-value></custom-meta></custom-meta-group>',
    '<volume>§</volume>',
    '<history><date date-type="accepted"><string-date>§</string-date></date></history>',
  ],
}
