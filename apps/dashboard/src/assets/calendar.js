/** Lets whoever may publish move publications of the calendar to another day: by dragging, or by keys. */
export function followMoves() {
  if (!document.getElementById('move')) return
  // The document listens, because parts are replaced while the page is open.
  document.addEventListener('dragstart', ({ target, dataTransfer }) => {
    const chip = chipOf(target)
    if (!chip) return
    // The page does not change under the hand.
    chip.dataset.moving = ''
    dataTransfer.setData('text/plain', chip.dataset.move)
    dataTransfer.effectAllowed = 'move'
  })
  document.addEventListener('dragover', (event) => {
    const day = dayOf(event.target)
    if (day) event.preventDefault()
    mark(day)
  })
  document.addEventListener('dragend', ({ target }) => {
    delete chipOf(target)?.dataset.moving
    mark(undefined)
  })
  document.addEventListener('drop', (event) => {
    const day = dayOf(event.target)
    const chip = document.querySelector(`[data-move="${CSS.escape(event.dataTransfer.getData('text/plain'))}"]`)
    if (!day || !chip) return
    event.preventDefault()
    move(chip, day.dataset.day)
  })
  document.addEventListener('keydown', onKey)
}

/** The publication that is being moved by keys, and the day that it would go to. */
let picked

const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (!picked) {
    const chip = chipOf(event.target)
    if (event.key !== 'm' || !chip) return
    event.preventDefault()
    picked = { article: chip.dataset.move, day: dayOf(chip).dataset.day, chip }
    chip.dataset.moving = ''
    mark(dayOf(chip))
    say(`${picked.article} is picked up. Arrow keys choose the day, Enter moves it, Escape leaves it.`)
    return
  }
  const step = steps[event.key]
  if (step !== undefined) choose(step)
  else if (event.key === 'Enter') drop()
  else if (event.key === 'Escape' || event.key === 'Tab') leave()
  else return
  if (event.key !== 'Tab') event.preventDefault()
}

function choose(step) {
  const days = [...document.querySelectorAll('[data-day]')]
  const at = days.findIndex(({ dataset }) => dataset.day === picked.day)
  const day = days[at + step]
  if (!day) return say('There are no more days in this view.')
  picked.day = day.dataset.day
  mark(day)
  day.scrollIntoView({ block: 'nearest' })
  return say(day.dataset.label)
}

function drop() {
  const { chip, day } = picked
  leave()
  if (dayOf(chip).dataset.day !== day) move(chip, day)
}

function leave() {
  say(`${picked.article} is no longer picked up.`)
  delete picked.chip.dataset.moving
  picked = undefined
  mark(undefined)
}

/** Sends the change; the server says whether the day has that time. */
function move(chip, day) {
  const form = document.getElementById('move')
  form.elements.article.value = chip.dataset.move
  form.elements.was.value = chip.dataset.was
  form.elements.day.value = day
  form.submit()
}

function mark(day) {
  for (const marked of document.querySelectorAll('.target')) if (marked !== day) marked.classList.remove('target')
  day?.classList.add('target')
}

function say(text) {
  document.getElementById('announcer').textContent = text
}

function chipOf(target) {
  return target instanceof Element ? target.closest('[data-move]') : null
}

function dayOf(target) {
  return target instanceof Element ? target.closest('[data-day]') : null
}
