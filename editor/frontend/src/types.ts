/** What Python sends; the names are those of editor/view.py and editor/layout.py. */
export type Point = [number, number]

export interface Spot {
  x: number
  y: number
  width: number
  height: number
}

export interface Card {
  id: string
  kind: 'trigger' | 'card' | 'pill' | 'end' | 'jump'
  group: string
  icon: string
  title: string
  text: string
  spot: Spot
  status: string | null
  severity: 'error' | 'warning' | 'hint' | null
  findings: string
  note: string
  target: string | null
  ways: [string, string][]
  apart: boolean
}

export interface Edge {
  id: string
  source: string
  way: string
  label: string
  target: string | null
  kind: 'tree' | 'join' | 'end' | 'jump'
  points: Point[]
  plus: Point
  label_at: Point | null
}

export interface Patch {
  base: number
  revision: number
  nodes: Card[]
  /** New places of cards that are otherwise as they were. */
  moved: Record<string, Point>
  edges: Edge[]
  /** By how much edges have moved that are otherwise as they were. */
  slid: Record<string, Point>
  gone: string[]
  select: string | null
  steps: number
}

export interface Choice {
  type: string
  label: string
  icon: string
  help: string
  group: string
}

/** Arrived, waiting, sent (null: not known). */
export type CardCount = [number, number, number | null]

export interface Numbers {
  reset?: boolean
  cards: Record<string, CardCount>
  edges: Record<string, number>
  running: boolean
}

export interface Slot {
  action_id: string | null
  way: string
}

export type Send = (message: Record<string, unknown>) => void

export const TRIGGER = '@trigger'

export function slotOf(edge: Edge): Slot {
  return { action_id: edge.source === TRIGGER ? null : edge.source, way: edge.way }
}
