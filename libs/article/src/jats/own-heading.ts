/** Headings of parts that have a heading of their own on every page. */
export const ownHeading =
  /^\W*(?:abstract|(?:elife )?digest|(?:author |author’s )?key ?words|research organisms?|acknowledge?ments?|(?:list of )?references?|bibliography|literature cited|works cited|additional (?:information|files)|(?:conflicts? of |competing )interests?|author contributions?|ethics|funding|support(?:ing|ive) (?:information|files?|data|materials?)|supplement(?:al|ary) (?:information|files?|data|materials?)|data availability(?: statement)?|major datasets?)\W*$/i
