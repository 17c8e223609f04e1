/**
 * Lets the reader slide one image over the other: the left part is the public one, the right part that of the run. Without
 * this they are side by side.
 */
export function letFiguresSlide() {
  for (const figure of document.querySelectorAll('[data-slide]')) {
    const controls = figure.querySelector('.slide-controls')
    const button = controls.querySelector('button')
    const label = controls.querySelector('label')
    const range = controls.querySelector('input')
    const show = () => figure.style.setProperty('--at', `${range.value}%`)
    controls.hidden = false
    range.addEventListener('input', show)
    button.addEventListener('click', () => {
      const sliding = figure.classList.toggle('sliding')
      button.setAttribute('aria-pressed', String(sliding))
      label.hidden = !sliding
      show()
      if (sliding) range.focus()
    })
  }
}
