/** Opens figures in place: one after the other, larger, with caption and download. Without this script a figure leads to its image. */
const pictures = [...document.querySelectorAll('figure a.picture')]
const steps = [1, 1.5, 2, 3, 4, 6]

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

if (pictures.length > 0) {
  const image = element('img', { alt: '' })
  const frame = element('div', { class: 'viewer-frame', tabindex: '0', role: 'region', 'aria-label': 'Image' }, image)
  const caption = element('div', { class: 'viewer-caption' })
  const place = element('p', { class: 'viewer-place', role: 'status' })
  const download = element('a', { class: 'small-button', download: '' }, 'Download')
  const action = (label, name, act) => {
    const made = element('button', { type: 'button', class: 'small-button', 'aria-label': name }, label)
    made.addEventListener('click', act)
    return made
  }
  const previous = action('‹', 'Previous figure', () => show(shown - 1))
  const next = action('›', 'Next figure', () => show(shown + 1))
  const larger = action('+', 'Zoom in', () => zoom(size + 1))
  const smaller = action('−', 'Zoom out', () => zoom(size - 1))
  const close = action('×', 'Close', () => dialog.close())
  const bar = element('div', { class: 'viewer-bar' }, place, previous, next, smaller, larger, download, close)
  const dialog = element('dialog', { class: 'viewer', 'aria-label': 'Figure' }, bar, frame, caption)
  document.body.append(dialog)

  let shown = 0
  let size = 0
  function zoom(to) {
    size = Math.max(0, Math.min(to, steps.length - 1))
    const before = frame.scrollWidth
    const middle = [frame.scrollLeft + frame.clientWidth / 2, frame.scrollTop + frame.clientHeight / 2]
    image.style.setProperty('--zoom', steps[size])
    const ratio = frame.scrollWidth / before
    frame.scrollTo(middle[0] * ratio - frame.clientWidth / 2, middle[1] * ratio - frame.clientHeight / 2)
    smaller.disabled = size === 0
    larger.disabled = size === steps.length - 1
  }
  function show(index) {
    if (index < 0 || index >= pictures.length) return
    shown = index
    const link = pictures[index]
    const figure = link.closest('figure')
    const original = link.querySelector('img')
    image.src = link.href
    image.alt = original.alt
    const text =
      figure.querySelector(':scope > figcaption') ??
      figure.parentElement.closest('figure')?.querySelector(':scope > figcaption')
    const copy = text?.cloneNode(true)
    for (const marked of copy?.querySelectorAll('[id]') ?? []) marked.removeAttribute('id')
    copy?.querySelector('.download')?.remove()
    caption.replaceChildren(...(copy?.childNodes ?? []))
    download.href = figure.querySelector('a.download')?.href ?? link.href
    place.textContent = `${index + 1} of ${pictures.length}`
    previous.disabled = index === 0
    next.disabled = index === pictures.length - 1
    zoom(0)
  }

  for (const [index, link] of pictures.entries()) {
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
      event.preventDefault()
      show(index)
      dialog.showModal()
      frame.focus()
    })
  }
  dialog.addEventListener('keydown', (event) => {
    const acts = {
      ArrowLeft: () => show(shown - 1),
      ArrowRight: () => show(shown + 1),
      '+': () => zoom(size + 1),
      '-': () => zoom(size - 1),
    }
    if (size > 0 && event.key.startsWith('Arrow')) return
    if (!acts[event.key]) return
    event.preventDefault()
    acts[event.key]()
  })
  image.addEventListener('click', () => zoom(size === 0 ? 2 : 0))
  caption.addEventListener('click', ({ target }) => {
    if (target.closest('a[href^="#"]')) dialog.close()
  })
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close()
  })
  dialog.addEventListener('close', () => pictures[shown].focus())
}

// A link to something that is folded away opens it; so does printing.
function unfold() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))
  const folded = target ? target.closest('details:not([open])') : undefined
  if (!folded) return
  folded.open = true
  target.scrollIntoView()
}
addEventListener('hashchange', unfold)
unfold()
