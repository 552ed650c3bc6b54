/** Moving the window over the canvas: fit, zoom, bring a card into sight, remember the place. */
import type { VueFlowStore } from '@vue-flow/core'
import type { Store } from './store'
import { TRIGGER } from './types'

const PAD = 56
const NEAR = 24

export function useWindow(flow: VueFlowStore, store: Store, key: () => string) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)')
  const duration = () => (calm.matches ? 0 : 220)
  const size = () => flow.dimensions.value

  function show(x: number, y: number, zoom: number, smooth = true) {
    return flow.setViewport({ x, y, zoom }, { duration: smooth ? duration() : 0 })
  }

  function fit() {
    const { x, y, width, height } = store.bounds.value
    const zoom = Math.min(1, (size().width - 2 * PAD) / width, (size().height - 2 * PAD) / height)
    return show(size().width / 2 - (x + width / 2) * zoom, Math.max(PAD, (size().height - height * zoom) / 2) - y * zoom, zoom)
  }

  /** The trigger on top and all branches in width, unless cards would get too small to read. */
  function begin() {
    const kept = remembered()
    if (kept && showsACard(kept)) return show(kept.x, kept.y, kept.zoom, false)
    const { x, width } = store.bounds.value
    const zoom = Math.max(0.6, Math.min(1, (size().width - 2 * PAD) / width))
    const whole = width * zoom < size().width - 2 * PAD
    const middle = whole ? x + width / 2 : 0
    return show(size().width / 2 - middle * zoom, PAD, zoom, false)
  }

  function showsACard({ x, y, zoom }: { x: number; y: number; zoom: number }): boolean {
    return [...store.cards.values()].some(({ spot }) =>
      (spot.x + spot.width) * zoom + x > 0 && spot.x * zoom + x < size().width &&
      (spot.y + spot.height) * zoom + y > 0 && spot.y * zoom + y < size().height)
  }

  function zoomBy(factor: number) {
    return flow.zoomTo(flow.viewport.value.zoom * factor, { duration: duration() })
  }

  function pan(dx: number, dy: number) {
    const { x, y, zoom } = flow.viewport.value
    return show(x + dx, y + dy, zoom, false)
  }

  function centre(id: string, zoom = Math.max(flow.viewport.value.zoom, 0.8)) {
    const card = store.cards.get(id)
    if (!card) return
    const { x, y, width, height } = card.spot
    return show(size().width / 2 - (x + width / 2) * zoom, size().height / 2 - (y + height / 2) * zoom, zoom)
  }

  /** The smallest move after which the card is in sight. */
  function reveal(id: string) {
    const card = store.cards.get(id)
    if (!card || !size().width) return
    const { x, y, zoom } = flow.viewport.value
    const { spot } = card
    const shift = (from: number, to: number, room: number) =>
      from < NEAR ? NEAR - from : to > room - NEAR * 3 ? room - NEAR * 3 - to : 0
    const dx = shift(spot.x * zoom + x, (spot.x + spot.width) * zoom + x, size().width)
    const dy = shift(spot.y * zoom + y, (spot.y + spot.height) * zoom + y, size().height)
    if (dx || dy) show(x + dx, y + dy, zoom)
  }

  function remember() {
    if (key()) sessionStorage.setItem(`rh-window:${key()}`, JSON.stringify(flow.viewport.value))
  }

  function remembered(): { x: number; y: number; zoom: number } | null {
    const kept = key() && sessionStorage.getItem(`rh-window:${key()}`)
    return kept ? JSON.parse(kept) : null
  }

  return { fit, begin, zoomBy, pan, centre, reveal, remember, top: () => centre(TRIGGER) }
}
