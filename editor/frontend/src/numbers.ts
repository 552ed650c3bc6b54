/** Numbers as one reads them at a glance. */
const whole = new Intl.NumberFormat('en')
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

export function people(count: number): string {
  return count < 100_000 ? whole.format(count) : short.format(count)
}
