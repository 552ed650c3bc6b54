/** What every part of the canvas may use; provided by FlowCanvas.vue. */
import { type ComputedRef, type Ref, inject } from 'vue'
import type { Viewport } from './culling'
import type { Dragging } from './drag'
import type { Store } from './store'
import type { Edge, Send } from './types'
import type { useWindow } from './window'

export interface Canvas {
  store: Store
  drag: Dragging
  /** Where the window stands; what reads it is drawn again at every move, so as little as can be. */
  viewport: Ref<Viewport>
  size: Ref<{ width: number; height: number }>
  view: ReturnType<typeof useWindow>
  /** The edge whose + has its list of steps open. */
  inserting: Ref<string | null>
  choose: (id: string | null) => void
  openInserter: (edge: Edge) => void
  openMenu: (id: string, deleting?: boolean) => void
  send: Send
  readonly: ComputedRef<boolean>
}

export function useCanvas(): Canvas {
  return inject<Canvas>('canvas')!
}
