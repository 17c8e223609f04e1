/** A small article that has something of everything; invented. */
export function sampleXml(): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.1 20151215//EN" "JATS-archivearticle1.dtd">
<article article-type="research-article" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML">
<front><journal-meta/><article-meta>
<article-id pub-id-type="publisher-id">7</article-id><article-id pub-id-type="doi">10.5555/continuum.00007</article-id>
<article-categories>
<subj-group subj-group-type="display-channel"><subject>Tools and resources</subject></subj-group>
<subj-group subj-group-type="heading"><subject>Genomics and Evolutionary Biology</subject></subj-group>
</article-categories>
<title-group><article-title>On A &amp; B<sub>2</sub> in
  <italic>Mus</italic></article-title></title-group>
<contrib-group>
<contrib contrib-type="author" corresp="yes" id="a1"><name><surname>Lovelace</surname><given-names>Ada M</given-names><suffix>Jr</suffix></name>
<contrib-id contrib-id-type="orcid">https://orcid.org/0000-0002-1825-009x</contrib-id>
<aff><institution content-type="dept">Maths</institution>, <institution>University of X</institution>, <addr-line><named-content content-type="city">London</named-content></addr-line>, <country>UK</country><email>ada@example.org</email></aff>
<xref ref-type="fn" rid="con1"/></contrib>
<contrib contrib-type="author" id="a2"><collab>The Engine Group<contrib-group><contrib><name><surname>Member</surname><given-names>One</given-names></name></contrib></contrib-group></collab></contrib>
<on-behalf-of>for the Society</on-behalf-of>
</contrib-group>
<pub-date date-type="pub" publication-format="electronic"><day>4</day><month>3</month><year>2021</year></pub-date>
<elocation-id>e00007</elocation-id>
<history><date date-type="received"><day>31</day><month>12</month><year>2020</year></date></history>
<permissions><copyright-holder>Lovelace</copyright-holder><license xlink:href="http://creativecommons.org/licenses/by/4.0/"><license-p>Free to <bold>use</bold>.</license-p></license></permissions>
<self-uri content-type="pdf" xlink:href="continuum-00007.pdf"/>
<related-article ext-link-type="doi" related-article-type="corrected-article" xlink:href="https://doi.org/10.5555/continuum.00003"/>
<related-article ext-link-type="doi" related-article-type="article-reference" xlink:href="10.1000/xyz"/>
<abstract><p>We show A.</p><p><bold>DOI:</bold> <ext-link ext-link-type="doi" xlink:href="10.5555/continuum.00007.001">10.5555/continuum.00007.001</ext-link></p></abstract>
<abstract abstract-type="executive-summary"><title>Digest</title><p>Simply.</p></abstract>
<kwd-group kwd-group-type="author-keywords"><kwd>engines</kwd></kwd-group>
<custom-meta-group><custom-meta><meta-name>Author impact statement</meta-name><meta-value>It matters.</meta-value></custom-meta></custom-meta-group>
</article-meta></front>
<body><sec id="s1"><title>Introduction</title><p>See <xref ref-type="fig" rid="fig1">Figure 1</xref>.</p>
<fig id="fig1"><label>Figure 1.</label><caption><title>One.</title></caption><graphic xlink:href="continuum-00007-fig1"/></fig>
<p>Like <inline-graphic xlink:href="continuum-00007-inf1.tif"/> or <ext-link xlink:href="http://example.org/x.tif">that</ext-link>.</p>
<media id="media1" mimetype="video" xlink:href="continuum-00007-media1.mp4"><label>Video 1.</label></media></sec></body>
<back><sec sec-type="supplementary-material"><supplementary-material id="supp1"><label>File 1.</label><media mimetype="application" xlink:href="continuum-00007-supp1.xlsx"/></supplementary-material>
<p><ext-link xlink:href="continuum-00007-supp.zip">all</ext-link></p></sec></back>
</article>
`
}
