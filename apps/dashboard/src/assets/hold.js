/** Counts the seconds down in which publications can be taken back; the server decides, whatever this page shows. */
export function countDown() {
  // A part that is replaced comes with the seconds that were left then.
  const started = new WeakMap()
  const tick = () => {
    const form = document.querySelector('[data-hold]')
    if (!form) return
    const began = started.get(form) ?? Date.now()
    started.set(form, began)
    const left = Math.max(0, Math.ceil(Number(form.dataset.hold) - (Date.now() - began) / 1000))
    const shown = document.getElementById('hold-seconds')
    if (shown && shown.textContent !== String(left)) shown.textContent = String(left)
  }
  tick()
  setInterval(tick, 250)
}

/** Chooses “At a time” for whoever gives one. */
document.addEventListener('input', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.id !== 'due-review' || target.value === '') return
  const later = document.getElementById('when-later')
  if (later instanceof HTMLInputElement) later.checked = true
})
