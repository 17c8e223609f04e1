/** The boxes that select the rows of a list. */
export const boxes = () => [...document.querySelectorAll('input[name="article"][form="batch"]')]

let last

/** Follows the selection: Shift selects a range, and the bar says how many rows are selected. */
export function followSelection() {
  // The document listens, because parts are replaced while the page is open.
  document.addEventListener('click', ({ target, shiftKey }) => {
    if (!(target instanceof HTMLInputElement) || target.form?.id !== 'batch' || target.type !== 'checkbox') return
    if (target.id === 'select-all') for (const box of boxes()) box.checked = target.checked
    if (target.name === 'article') {
      if (shiftKey) selectRange(target)
      last = target.id
    }
    showCount()
  })
  document.addEventListener('parts-replaced', showCount)
  showCount()
}

/** Selects a row, or takes it out of the selection. */
export function toggle(box, shiftKey) {
  box.checked = !box.checked
  if (shiftKey) selectRange(box)
  last = box.id
  showCount()
}

function selectRange(box) {
  const all = boxes()
  const [from, to] = [all.findIndex(({ id }) => id === last), all.indexOf(box)]
  if (from < 0) return
  for (const each of all.slice(Math.min(from, to), Math.max(from, to) + 1)) each.checked = box.checked
}

function showCount() {
  const place = document.getElementById('selected-count')
  if (!place) return
  const all = boxes()
  const selected = all.filter(({ checked }) => checked).length
  const matching = document.getElementById('select-matching')
  const text = matching?.checked ? 'All that match' : selected === 0 ? '' : `${selected} selected`
  if (place.textContent !== text) place.textContent = text
  // A run that has failed is not scheduled: the button waits for one that is ready, or will be.
  const schedule = document.getElementById('bulk-schedule')
  if (schedule) {
    const chosen = all.filter(({ checked }) => checked)
    schedule.disabled =
      !matching?.checked && chosen.length > 0 && chosen.every(({ dataset }) => dataset.schedulable === undefined)
  }
  const every = document.getElementById('select-all')
  if (every) {
    every.checked = selected > 0 && selected === all.length
    every.indeterminate = selected > 0 && selected < all.length
  }
}
