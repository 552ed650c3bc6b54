/**
 * Dragging by pointer: a card onto another +, or anything with `data-palette-type` onto a +.
 *
 * An element outside the canvas takes part by carrying `data-palette-type="<action type>"`.
 * A drop counts for the nearest + within 120 px; a press that does not move stays a click.
 */
import { onBeforeUnmount, onMounted, reactive, type Ref } from 'vue'
import type { Store } from './store'
import { type Choice, type Edge, type Send, slotOf } from './types'

const REACH = 120
const THRESHOLD = 5
const BORDER = 48

interface Options {
  choices: () => Choice[]
  root: Ref<HTMLElement | null>
  viewport: Ref<{ x: number; y: number; zoom: number }>
  pan: (dx: number, dy: number) => void
  send: Send
}

export interface Dragging {
  active: boolean
  kind: 'insert' | 'move'
  id: string
  label: string
  icon: string
  x: number
  y: number
  near: string | null
}

export function useDrag(store: Store, { choices, root, viewport, pan, send }: Options) {
  const drag = reactive<Dragging>(
    { active: false, kind: 'move', id: '', label: '', icon: '', x: 0, y: 0, near: null })
  let start: PointerEvent | null = null
  let frame = 0

  function accepts(edge: Edge): boolean {
    return drag.kind === 'insert' || (edge.source !== drag.id && edge.target !== drag.id)
  }

  function nearest(event: { clientX: number; clientY: number }): string | null {
    const box = root.value!.getBoundingClientRect()
    const [x, y] = [event.clientX - box.left, event.clientY - box.top]
    if (x < 0 || y < 0 || x > box.width || y > box.height) return null
    let [best, closest] = [null as string | null, REACH]
    for (const edge of store.edges.values()) {
      if (edge.kind === 'jump' || !accepts(edge)) continue
      const { x: vx, y: vy, zoom } = viewport.value
      const off = Math.hypot(edge.plus[0] * zoom + vx - x, edge.plus[1] * zoom + vy - y)
      if (off < closest) [best, closest] = [edge.id, off]
    }
    return best
  }

  function down(event: PointerEvent) {
    const target = event.target as HTMLElement
    if (event.button !== 0 || target.closest('button, input')?.closest('.rh-canvas')) return
    const entry = target.closest<HTMLElement>('[data-palette-type]')
    const card = target.closest<HTMLElement>('[data-draggable]')
    if (entry) {
      const choice = choices().find((one) => one.type === entry.dataset.paletteType)
      if (!choice) return
      Object.assign(drag, { kind: 'insert', id: choice.type, label: choice.label, icon: choice.icon })
    } else if (card && root.value?.contains(card)) {
      const held = store.cards.get(card.dataset.draggable!)
      if (!held) return
      Object.assign(drag, { kind: 'move', id: held.id, label: held.title, icon: held.icon })
    } else return
    start = event
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    window.addEventListener('pointercancel', cancel)
  }

  function move(event: PointerEvent) {
    if (!start) return
    const far = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY)
    if (!drag.active && far < THRESHOLD) return
    if (!drag.active) begin()
    event.preventDefault()
    Object.assign(drag, { x: event.clientX, y: event.clientY, near: nearest(event) })
  }

  function begin() {
    drag.active = true
    document.body.classList.add('rhc-dragging')
    window.addEventListener('keydown', escape, true)
    frame = requestAnimationFrame(scroll)
  }

  /** Near the border the canvas moves along. */
  function scroll() {
    frame = requestAnimationFrame(scroll)
    const box = root.value!.getBoundingClientRect()
    const inside = drag.x > box.left && drag.x < box.right && drag.y > box.top && drag.y < box.bottom
    if (!inside) return
    const push = (near: number, away: number) =>
      near < BORDER ? (BORDER - near) / 4 : away < BORDER ? (away - BORDER) / 4 : 0
    const [dx, dy] = [push(drag.x - box.left, box.right - drag.x), push(drag.y - box.top, box.bottom - drag.y)]
    if (!dx && !dy) return
    pan(dx, dy)
    drag.near = nearest({ clientX: drag.x, clientY: drag.y })
  }

  function up() {
    const edge = drag.active && drag.near ? store.edges.get(drag.near) : undefined
    if (edge && drag.kind === 'insert') send({ type: 'insert', action: drag.id, slot: slotOf(edge) })
    if (edge && drag.kind === 'move') send({ type: 'move', action_id: drag.id, slot: slotOf(edge) })
    if (drag.active) swallowClick()
    cancel()
  }

  function swallowClick() {
    const stop = (event: Event) => {
      event.stopPropagation()
      event.preventDefault()
    }
    window.addEventListener('click', stop, { capture: true, once: true })
    setTimeout(() => window.removeEventListener('click', stop, true))
  }

  function escape(event: KeyboardEvent) {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    cancel()
  }

  function cancel() {
    start = null
    Object.assign(drag, { active: false, near: null })
    cancelAnimationFrame(frame)
    document.body.classList.remove('rhc-dragging')
    window.removeEventListener('pointermove', move)
    window.removeEventListener('pointerup', up)
    window.removeEventListener('pointercancel', cancel)
    window.removeEventListener('keydown', escape, true)
  }

  onMounted(() => document.addEventListener('pointerdown', down))
  onBeforeUnmount(() => {
    cancel()
    document.removeEventListener('pointerdown', down)
  })
  return drag
}
