// Which scene a wall shows. In the browser, so that it goes on whatever becomes of the circuit; all scenes are in the page and
// kept up to date, one is in sight.
const wall = document.querySelector('.wall[data-scenes]');

if (wall) {
  const scenes = wall.dataset.scenes.split(',').map(text => {
    const [name, seconds] = text.split(':');
    return { name, dwell: Number(seconds) * 1000 };
  });
  let at = 0;

  // A scene without anything to show has nothing to say from a wall; alone it says so.
  const hasSomething = ({ name }) => name === 'overview' || wall.querySelector(`.scene.${name}:not([data-empty])`) !== null;

  const show = index => {
    at = index;
    const { name } = scenes[at];
    if (wall.dataset.scene !== name) {
      wall.dataset.scene = name;
      for (const tab of wall.querySelectorAll('[data-shows]')) {
        if (tab.dataset.shows === name) tab.setAttribute('aria-current', 'true'); else tab.removeAttribute('aria-current');
      }
      document.dispatchEvent(new CustomEvent('cc:scene', { detail: name }));
    }
    setTimeout(next, scenes[at].dwell);
  };

  const next = () => {
    for (let step = 1; step <= scenes.length; step++) {
      const index = (at + step) % scenes.length;
      if (hasSomething(scenes[index])) return show(index);
    }
    setTimeout(next, scenes[at].dwell);
  };

  if (scenes.length > 1) show(0);
}
