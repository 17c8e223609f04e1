/** Marks the entry of the contents list whose section is being read. */
const links = new Map(
  [...document.querySelectorAll('.contents a[href^="#"]')].map((link) => [
    document.getElementById(decodeURIComponent(link.hash.slice(1))),
    link,
  ]),
)
links.delete(null)
const places = [...links.keys()].toSorted((a, b) =>
  a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
)

let waiting = false
let shown
function mark() {
  waiting = false
  const line = Math.min(innerHeight / 3, 240)
  const isAtEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2
  const begun = places.filter((place) => place.getBoundingClientRect().top <= line)
  const link = links.get(isAtEnd ? places.at(-1) : begun.at(-1))
  if (link === shown) return
  shown?.removeAttribute('aria-current')
  link?.setAttribute('aria-current', 'location')
  shown = link
  // The list scrolls by itself, never the page.
  const list = link?.closest('.contents')
  if (!list || list.scrollHeight <= list.clientHeight) return
  const [inner, outer] = [link.getBoundingClientRect(), list.getBoundingClientRect()]
  if (inner.top < outer.top || inner.bottom > outer.bottom) list.scrollTop += inner.top - outer.top - outer.height / 3
}

if (places.length > 0) {
  const later = () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(mark)
  }
  addEventListener('scroll', later, { passive: true })
  addEventListener('resize', later)
  mark()
}
