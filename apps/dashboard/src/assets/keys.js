import { boxes, toggle } from './selection.js'

const setting = 'keys'

/** The keys of the lists: what they do, and how the card names it. */
const keys = {
  j: ['next row', () => move(1)],
  k: ['previous row', () => move(-1)],
  x: ['select the row; with Shift, all up to it', (event) => select(event)],
  '*': ['select all shown', () => document.getElementById('select-all')?.click()],
  o: ['open the row', () => current()?.querySelector('h3 a')?.click()],
  v: ['preview', () => current()?.querySelector('a[id^="preview-"]')?.click()],
  p: ['publish what is selected, or the row', () => act('publish')],
  s: ['schedule it', () => act('schedule')],
  r: ['run it again', () => act('rerun')],
  d: ['dismiss it', () => act('dismiss')],
  a: ['assign it', () => act('assign')],
  u: ['undo what was just done', () => document.getElementById('undo')?.click()],
  f: ['filter', () => openFilter()],
  '/': ['search', () => document.getElementById('q')?.focus()],
  '?': ['these keys', () => showCard()],
}

/** Follows the keys, unless the reader has turned them off. */
export function followKeys() {
  if (!document.querySelector('header nav')) return
  document.addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event
    if (ctrlKey || metaKey || altKey || isTyping(target) || document.querySelector('dialog[open]')) return
    const name = key === 'X' ? 'x' : key
    if (!Object.hasOwn(keys, name) || (localStorage.getItem(setting) === 'off' && name !== '?')) return
    event.preventDefault()
    keys[name][1](event)
  })
}

function isTyping(target) {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox') ||
    target.isContentEditable
  )
}

const rows = () => [...document.querySelectorAll('main li.row:has(h3 a)')]

/** The row that has the focus. */
function current() {
  return document.activeElement?.closest('li.row') ?? undefined
}

function move(by) {
  const all = rows()
  const at = all.indexOf(current())
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))
  const row = all[next]
  row?.querySelector('.select input, h3 a')?.focus()
  row?.scrollIntoView({ block: 'nearest' })
}

function select({ shiftKey }) {
  const box = current()?.querySelector('.select input')
  if (box) toggle(box, shiftKey)
}

/** Presses a button of the bar, for what is selected or else for the row that has the focus. */
function act(name) {
  const button = document.getElementById(`bulk-${name}`)
  if (!button) return
  const chosen = boxes().some(({ checked }) => checked) || document.getElementById('select-matching')?.checked
  const own = current()?.querySelector('.select input')
  if (!chosen && !own) return
  if (!chosen) toggle(own, false)
  button.click()
}

function openFilter() {
  const panel = document.getElementById('filter-panel')
  if (!panel) return
  panel.open = true
  document.getElementById('f-q')?.focus()
}

function showCard() {
  const card = document.createElement('dialog')
  card.className = 'keys'
  card.setAttribute('aria-labelledby', 'keys-heading')
  const heading = Object.assign(document.createElement('h2'), { id: 'keys-heading', textContent: 'Keys' })
  const list = document.createElement('dl')
  for (const [key, [text]] of Object.entries(keys)) {
    const term = document.createElement('dt')
    term.append(Object.assign(document.createElement('kbd'), { textContent: key }))
    list.append(term, Object.assign(document.createElement('dd'), { textContent: text }))
  }
  card.append(heading, list, switchOf(), closeButton(card))
  card.addEventListener('close', () => card.remove())
  document.body.append(card)
  card.showModal()
}

/** The box that turns the keys off: a screen reader or speech input may need them. */
function switchOf() {
  const label = document.createElement('label')
  const box = Object.assign(document.createElement('input'), {
    type: 'checkbox',
    id: 'keys-on',
    checked: localStorage.getItem(setting) !== 'off',
  })
  box.addEventListener('change', () => localStorage.setItem(setting, box.checked ? 'on' : 'off'))
  const paragraph = document.createElement('p')
  label.append(box, ' Keys are on')
  paragraph.append(label)
  return paragraph
}

function closeButton(card) {
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Close' })
  button.addEventListener('click', () => card.close())
  return button
}
