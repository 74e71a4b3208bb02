// What each scene's towns are coloured by. <cc-values> is rendered by the panels (MapValues.razor) and told to the map.
const scenes = new Map();
const tell = () => document.dispatchEvent(new CustomEvent('cc:values'));

class Values extends HTMLElement {
  static observedAttributes = ['data-values', 'data-classes', 'data-title'];

  connectedCallback() { this.take(); }

  attributeChangedCallback() { if (this.isConnected) this.take(); }

  disconnectedCallback() {
    if (scenes.get(this.dataset.scene)?.from !== this) return;
    scenes.delete(this.dataset.scene);
    tell();
  }

  // Attributes of one change come one after the other.
  take() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => {
      if (!this.isConnected) return;
      const { scene, values, classes, title } = this.dataset;
      const towns = new Map(values.split('|').filter(Boolean).map(town => {
        const [code, level, text] = town.split('=');
        return [code, { class: level === '' ? null : Number(level), text }];
      }));
      scenes.set(scene, { from: this, title, classes: classes.split('|'), towns });
      tell();
    });
  }
}

customElements.define('cc-values', Values);

/** Null for a scene that colours no towns. */
export const sceneValues = scene => scenes.get(scene) ?? null;

export function whenScenesChange(act) {
  for (const event of ['cc:scene', 'cc:values']) document.addEventListener(event, act);
  return () => { for (const event of ['cc:scene', 'cc:values']) document.removeEventListener(event, act); };
}
