/** Adds buttons that copy a text, and the device's own way to share. */
const status = document.createElement('p')
status.className = 'hidden'
status.setAttribute('role', 'status')
document.body.append(status)

function button(label, act) {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'small-button'
  made.textContent = label
  made.addEventListener('click', act)
  return made
}

function copyButton(label, textOf) {
  const made = button(label, async () => {
    const done = await navigator.clipboard.writeText(textOf()).then(
      () => true,
      () => false,
    )
    made.textContent = status.textContent = done ? 'Copied' : 'Copying is not allowed here'
    setTimeout(() => (made.textContent = label), 2000)
  })
  return made
}

for (const element of document.querySelectorAll('[data-copy]')) {
  const text = () => element.textContent.replaceAll(/\s+/g, ' ').trim()
  element.after(copyButton(element.dataset.copy, text))
}

for (const menu of document.querySelectorAll('[data-share]')) {
  const { share: url, title } = menu.dataset
  const entry = (content) => {
    const item = document.createElement('li')
    item.append(content)
    menu.querySelector('ul').prepend(item)
  }
  if (navigator.share) entry(button('Share…', () => navigator.share({ title, url }).catch(() => undefined)))
  entry(copyButton('Copy link', () => url))
}

// A menu closes by Escape and by a click beside it.
for (const menu of document.querySelectorAll('details.menu')) {
  document.addEventListener('click', ({ target }) => {
    if (!menu.contains(target)) menu.open = false
  })
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !menu.open) return
    menu.open = false
    menu.querySelector('summary').focus()
  })
}
