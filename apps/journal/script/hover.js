/** Shows a reference, note or figure beside the link to it, while the pointer or the focus is there. */
const card = document.createElement('div')
card.className = 'hover-card'
card.setAttribute('popover', 'manual')
// The link leads to the same words, so nobody who does not see the card misses anything.
card.setAttribute('aria-hidden', 'true')
document.body.append(card)

let owner
let timer

function contentOf(target) {
  if (target.matches('.references > li, .notes > li')) {
    const copy = target.cloneNode(true)
    for (const part of copy.querySelectorAll('.citing, .back')) part.remove()
    return [...copy.childNodes]
  }
  if (!target.matches('figure')) return undefined
  const image = target.querySelector('.picture img')?.cloneNode(true)
  const title = target.querySelector('figcaption .caption-title')?.cloneNode(true)
  if (image) image.removeAttribute('srcset')
  const small = target.querySelector('.picture img')?.currentSrc
  if (image && small) image.src = small
  const parts = [image, title].filter(Boolean)
  return parts.length > 0 ? parts : undefined
}

function show(link) {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)))
  const content = target && contentOf(target)
  if (!content) return
  for (const part of content) for (const marked of part.querySelectorAll?.('[id]') ?? []) marked.removeAttribute('id')
  card.replaceChildren(...content)
  for (const inner of card.querySelectorAll('a')) inner.tabIndex = -1
  owner = link
  card.showPopover()
  const at = link.getClientRects()[0] ?? link.getBoundingClientRect()
  const below = at.bottom + 6 + card.offsetHeight <= innerHeight || at.top < card.offsetHeight + 6
  card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 8))}px`
  card.style.top = `${below ? at.bottom + 6 : at.top - card.offsetHeight - 6}px`
}

function hide() {
  clearTimeout(timer)
  owner = undefined
  if (card.matches(':popover-open')) card.hidePopover()
}

function later(act, milliseconds) {
  clearTimeout(timer)
  timer = setTimeout(() => act(), milliseconds)
}
const linkOf = (event) => (event.target instanceof Element ? event.target.closest('.text a[href^="#"]') : null)

if ('showPopover' in card && document.querySelector('.text')) {
  document.addEventListener('pointerover', (event) => {
    if (event.pointerType !== 'mouse') return
    if (card.contains(event.target)) return clearTimeout(timer)
    const link = linkOf(event)
    if (link && link !== owner) later(() => show(link), 150)
    else if (!link && owner) later(hide, 250)
    else if (!link) clearTimeout(timer)
  })
  document.addEventListener('focusin', (event) => {
    const link = linkOf(event)
    if (link?.matches(':focus-visible')) show(link)
    else if (!card.contains(event.target)) hide()
  })
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && hide())
  document.addEventListener('click', (event) => linkOf(event) && hide())
  addEventListener('scroll', () => owner && hide(), { passive: true })
}
