/** Why a text of the XML need not be in the article JSON as it is written. */
export interface Reason {
  /**
   * The element that it is about, with those around it from the outside in: `/` between parent and child, `[@a=b]` and `[@a]`
   * for attributes. Whatever is below the element counts.
   */
  readonly where: string
  /** Only texts that match. */
  readonly text?: RegExp
  /** Only if everything that is lost of the text matches. */
  readonly lost?: RegExp
  /** Only if the whole text stands in the output, one word after the other, for another text of the XML. */
  readonly repeats?: true
  /** Only if another text of the same element of this name has the same words, one after the other, and came out whole. */
  readonly within?: string
  /** Only if the sibling of this name has the same words. */
  readonly saidBy?: string
  /** Only if all other text of the nearest element of this name came out. */
  readonly besides?: string
  /** Only for pages: the article JSON has it. */
  readonly onPage?: true
  /** Only if the date that the element gives stands in the output. */
  readonly date?: true
  readonly why: string
}

/** Headings of parts that have a heading of their own on every page. */
const ownHeading =
  /^\W*(?:abstract|(?:elife )?digest|(?:author |author’s )?key ?words|research organisms?|acknowledge?ments?|(?:list of )?references?|bibliography|literature cited|works cited|additional (?:information|files)|(?:conflicts? of |competing )interests?|author contributions?|ethics|funding|supporting information|supplementary material|data availability(?: statement)?|major datasets?)\W*$/i

/** Headings of letters, which the page has of its own. */
const letterHeading =
  /^\W*(?:authors?[’']? response|decision letter|editor[’']?s[’']? evaluation|elife assessment)\W*$/i

/**
 * The reviewed list: everything here is used otherwise, or is no text of the article. Whatever is not here and not in the
 * article JSON is reported.
 */
export const reasons: readonly Reason[] = [
  // About the journal, which its settings describe.
  { where: 'journal-meta', why: 'The journal is described by its settings.' },
  // Identifiers and counts for machines.
  { where: 'article-meta/article-id', why: 'Identifiers are checked against the package and the settings.' },
  { where: 'front-stub/article-id', why: 'An identifier of a part.' },
  { where: 'article-meta/article-version', why: 'Versions are counted when the article is published.' },
  { where: 'object-id', why: 'An identifier, no text.' },
  { where: 'contrib-id', why: 'An identifier; ORCIDs are shown as links.' },
  { where: 'institution-id', why: 'An identifier, no text.' },
  { where: 'processing-meta', why: 'Tells programs how the XML is tagged.' },
  { where: 'article-meta/counts', why: 'Counts for machines.' },
  { where: 'custom-meta/meta-name', why: 'The name of an entry for machines.' },
  { where: 'article-meta/self-uri', why: 'Addresses of the article itself are made when it is published.' },
  { where: 'article-meta/elocation-id', why: 'Checked against the settings.' },
  { where: 'pub-id', onPage: true, why: 'An identifier: DOIs are links, others are for machines.' },
  { where: 'related-object', why: 'A link for machines.' },
  { where: 'article-meta/volume', repeats: true, why: 'A number of the metadata.' },
  { where: 'article-meta/issue', repeats: true, why: 'A number of the metadata.' },
  // Dates, which come out in another form.
  { where: 'pub-date', why: 'Dates are formatted.' },
  { where: 'history/date', date: true, why: 'The date is shown, formatted.' },
  { where: 'pub-history', why: 'Dates are formatted, links become links.' },
  { where: 'copyright-year', why: 'The year of the copyright is in the licence line.' },
  // Values of a fixed list.
  { where: 'article-categories', why: 'Kinds and subjects are chosen from the settings.' },
  // Said otherwise.
  {
    where: 'fn',
    text: /^\W*the (?:other )?authors? (?:have )?declare[sd]? that no competing interests exist\W*$/i,
    why: 'Said in the journal’s own words.',
  },
  { where: 'license', why: 'The licence is shown by its name and address.' },
  {
    where: 'p',
    text: /^\W*doi\W*(?:https?:\W*(?:dx\W*)?doi\W*org\W*)?10\.\S+\W*$/i,
    why: 'The DOI of a part is shown as a link.',
  },
  // Tagging only.
  { where: 'xref/label', why: 'Repeats the label of its target.' },
  { where: 'aff/label', why: 'A mark that ties authors to affiliations, which are shown with the author.' },
  {
    where: 'aff/sup',
    text: /^\W*[\p{L}\d]{1,3}\W*$/u,
    besides: 'aff',
    why: 'A mark that ties authors to affiliations, which are shown with the author.',
  },
  { where: 'aff', within: 'aff', why: 'The affiliation is given as a whole beside its parts.' },
  { where: 'aff', repeats: true, onPage: true, why: 'The page names each place once, with its authors.' },
  {
    where: 'author-notes/fn/label',
    besides: 'fn',
    why: 'A mark that ties authors to a note, which is shown with the author.',
  },
  { where: 'lpage', saidBy: 'fpage', why: 'The part has one page.' },
  { where: 'fpage', saidBy: 'page-range', why: 'The pages are given once, as a range.' },
  { where: 'lpage', saidBy: 'page-range', why: 'The pages are given once, as a range.' },
  { where: 'contrib/xref', why: 'A mark that ties an author to affiliations and notes.' },
  { where: 'collab/xref', why: 'A mark that ties an author to affiliations and notes.' },
  {
    where: 'contrib',
    text: /^\W*(?:is|are) (?:in|at)(?: the)?\W*$/i,
    why: 'Ties the author to the affiliation in print; affiliations are shown with the author.',
  },
  {
    where: 'contrib/x',
    text: /^\W*(?:(?:is|are|was|were|and|a|an|the|in|at|of)\b\W*)*$/i,
    why: 'JATS: text generated between the parts of a byline in print; the parts are shown by themselves.',
  },
  {
    where: 'custom-meta/meta-value',
    text: /^\W*\d+(?:\.\d+)*\W*$/,
    why: 'A number for machines, such as the version of the tagging.',
  },
  { where: 'mml:annotation', why: 'Another form of a formula that is shown.' },
  { where: 'sub-article/front-stub', repeats: true, why: 'Editors and authors are named once.' },
  { where: 'response/front-stub', repeats: true, why: 'Editors and authors are named once.' },
  { where: 'principal-award-recipient', repeats: true, why: 'Authors are named once.' },
  { where: 'copyright-holder', repeats: true, why: 'Named once, in the licence line.' },
  { where: 'copyright-statement', text: /^\W*(?:copyright|©|\(c\))/i, why: 'Year and holder are in the licence line.' },
  {
    where: 'corresp',
    lost: /^(?:for|to|whom|correspondence|corresponding|authors?|should|be|addressed|e|mail|email| )+$/i,
    why: 'The address is shown with the author.',
  },
  { where: 'title', text: ownHeading, why: 'The page has its own heading for this part.' },
  {
    where: 'front-stub/title-group/article-title',
    text: letterHeading,
    why: 'The page has its own heading for this letter.',
  },
  { where: 'alt-title', why: 'A running head for print.' },
  { where: 'name-alternatives/name[@name-style=index]', why: 'A form of a name for sorting.' },
]
