/** Brings what gets the focus wholly into view, clear of the bars: browsers show no more than the caret of a text field. */
export function keepFocusInView() {
  document.addEventListener('focusin', ({ target }) => {
    if (target.matches(':focus-visible')) target.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })
}
