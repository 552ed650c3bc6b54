/** The bundle's entry: the component, and its styles in one style element. */
import background from '@vue-flow/core/dist/style.css?inline'
import layout from './canvas.css?inline'
import cards from './cards.css?inline'
import menus from './menus.css?inline'
import FlowCanvas from './FlowCanvas.vue'

const style = document.createElement('style')
style.dataset.owner = 'flow-canvas'
style.textContent = [background, layout, cards, menus].join('\n')
document.head.append(style)

export default FlowCanvas
